"""Short practices of self-compassion and recovery."""
