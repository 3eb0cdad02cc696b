"""The libraries behind signing in, as this installation uses them: without their tables, where it can be."""
