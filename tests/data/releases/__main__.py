"""Write down what a database holds: see `tests.data.releases`."""

import sys
from pathlib import Path

from tests.data.releases import dump

print(dump(Path(sys.argv[1])))
