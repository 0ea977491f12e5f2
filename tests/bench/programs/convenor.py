"""Convenor as `convenor run` starts it."""

import sys

from bot.cli import main
from tests.bench.programs import probe

if __name__ == "__main__":
    probe.install()
    sys.exit(main(["run"]))
