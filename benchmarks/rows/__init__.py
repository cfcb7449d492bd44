"""What is measured: one module for each half of the project, with `PEERS`, `SUITES` and `GOALS`."""

from rows import generators, runtime

MODULES = [runtime, generators]
