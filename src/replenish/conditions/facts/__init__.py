"""Facts of provision: counts of what an organisation provides, out of how many, for a part and a period."""
