"""Pages about agreements of supervision: propose, read, agree, change, end."""
