"""What those who lead say in public about a round: what they will do about the conditions at work."""
