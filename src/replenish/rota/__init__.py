"""Rotas and exposure live here; the room is empty until rota formats are read."""
