"""How people say when, in four languages."""
