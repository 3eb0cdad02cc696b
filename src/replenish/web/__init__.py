"""The pages, by who is asking."""
