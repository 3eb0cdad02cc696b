"""The sections of the report: facts come before conditions, and conditions before people."""
