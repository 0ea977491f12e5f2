"""Finding things, and reading about the Network."""
