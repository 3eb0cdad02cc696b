"""Each chart of the report as a picture of its own for a slide, with its finding and where it is from."""
