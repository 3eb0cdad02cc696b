"""The conversation kit: a guide and cards for talking about conditions, the same for everybody."""
