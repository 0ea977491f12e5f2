"""How we know: end to end through a simulated Discord, on real databases."""

import os
import sys

# Many tests start programs. What was compiled once serves them all, also on a machine that is told to keep nothing.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
