"""The sections of the report, one module for each, in the order in which they are read."""
