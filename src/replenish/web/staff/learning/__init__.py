"""Pages about what is offered to learn, and its sessions."""
