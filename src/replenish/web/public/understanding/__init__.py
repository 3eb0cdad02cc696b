"""What compassion fatigue is, in short pages."""
