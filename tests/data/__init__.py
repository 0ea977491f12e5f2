"""How we know that what is remembered is right."""
