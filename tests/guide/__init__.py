"""Help, and one's own language."""
