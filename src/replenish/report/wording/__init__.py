"""The sentences of the report: plain, short, and true of the published figures they are made from."""
