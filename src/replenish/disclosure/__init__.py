"""The only door for figures about people: partition, bands, releases, and the attack on them."""
