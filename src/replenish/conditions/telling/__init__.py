"""What is told to everybody about rounds, the calendar of public days, and letters to those who want them."""
