"""The exit codes of the commands. Wrong arguments end the program with 2, as argparse does by itself."""

from __future__ import annotations

OK = 0
FAILED = 1
STOPPED = 130
"""By Ctrl-C: 128 and the number of the signal, as shells say it."""
