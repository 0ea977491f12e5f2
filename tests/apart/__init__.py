"""Two communities in one installation: nothing of the one reaches the other, by whatever way."""
