"""The programs that are compared, each run as a process of its own: see `tests/bench/bots.py`.

Nothing but what both need may be imported here: it would be in the figures of both.
"""
