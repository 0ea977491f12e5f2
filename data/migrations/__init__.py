"""The history of the tables, a file for each step; `python -m data.migrations "what changes"` writes the next."""
