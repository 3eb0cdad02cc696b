"""Pages about supervision: what comes next, meetings, a guide for the session, agreements and records."""
