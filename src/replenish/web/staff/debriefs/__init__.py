"""Pages about debriefs: leading one, what was learnt, and who is trained to lead."""
