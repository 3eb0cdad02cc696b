"""A guided few minutes that end in a short text in a person's own voice."""
