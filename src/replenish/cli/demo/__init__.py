"""The demo of `./run start`: invented organisations, lived through the real application over half a year."""
