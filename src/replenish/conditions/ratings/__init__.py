"""What people say after sessions of supervision: pooled over everybody, through the gate alone."""
