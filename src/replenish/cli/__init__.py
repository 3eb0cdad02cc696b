"""Files in, files out, no server."""
