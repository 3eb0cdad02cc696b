"""The phrase that opens somebody's records: made, typed in, closed, and replaced when it is lost."""
