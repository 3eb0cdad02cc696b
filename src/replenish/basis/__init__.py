"""What every room may use: one catalogue of errors, the clock, identifiers. Nothing else."""
