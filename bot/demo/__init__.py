"""Convenor without Discord: the real bot in a simulated server, on a page in the browser or told in the terminal."""
