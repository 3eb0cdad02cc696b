"""How much other ways of publishing give away, beside this software's own rule, attacked alike."""
