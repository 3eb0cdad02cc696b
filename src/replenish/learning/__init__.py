"""What an organisation offers to learn: a catalogue as files, and sessions, whose visitors nobody lists."""
