"""`python -m bot` is `convenor`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    sys.exit(main())
