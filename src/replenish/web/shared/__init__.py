"""What the pages of every asker share: the look, the summary of problems, the pages of errors."""
