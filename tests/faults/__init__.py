"""What must hold whatever dies or fails: nothing lost, nothing doubled, nothing late, no limit overrun.

The real program runs against `tests/wire/`. `make test` runs a short form of everything here, `make faults` the long
one: `FAULTS_KILLS` says how many kills there are of each sort. What was counted is printed at the end.
"""

import os
from collections.abc import Callable

# How many kills of each sort; the long form has 200.
KILLS = int(os.environ.get("FAULTS_KILLS", "0"))
LONG = KILLS > 0

# Takes a sentence about what was counted.
Figures = Callable[[str], None]
