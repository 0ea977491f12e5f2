"""Webinars, from the form to the last reminder."""
