"""Each sign over time against the own usual of a person."""
