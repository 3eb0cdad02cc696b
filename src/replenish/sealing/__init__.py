"""Names derived from a secret, sealed boxes, round keys: the room is empty until the wall is built."""
