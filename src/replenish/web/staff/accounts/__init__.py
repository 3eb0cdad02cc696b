"""Pages about who acts for the organisation."""
