"""What administrators did and what was released, for ever."""
