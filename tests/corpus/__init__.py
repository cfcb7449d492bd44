"""Whole documents from `sdkloom init` to the checked package: `python -m tests.corpus FOLDER…` prints a table."""
