"""Which node of one spec is which of the other."""
