"""In place of the migrations of a library whose tables are not wanted."""
