"""Pages about posters, messages, calendar and notices."""
