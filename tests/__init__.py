"""How we know: end to end through a simulated Discord, on real databases."""
