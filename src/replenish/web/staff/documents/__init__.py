"""Pages with drafts of assessments, filled with what the organisation has, for people to finish."""
