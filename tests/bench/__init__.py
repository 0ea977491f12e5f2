"""How fast Convenor is, beside what would be possible: `make bench`.

Every figure is a pair, measured in turns within one run: Convenor, and a floor, which does the same job with nothing
around it. What counts is the ratio; the machine and its load that day are in both. Nothing here is asserted anywhere.

A figure is a module in `figures/` whose docstring says what is measured and whose `measure` does it; it is found by
being there. `figure.py` holds what they share, with what is aimed at; `bots.py` starts the programs that are compared
(those in `programs/`), `red.py` makes the environment for one of them, `entries.py` makes many entries of few,
`groups.py` keeps each group to a process of its own, and `report.py` writes what came out.
"""
