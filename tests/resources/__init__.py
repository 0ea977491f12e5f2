"""Keeping the list of guidance."""
