"""IR → files: what is generated where, rendering, formatting. Nothing is decided and nothing is written here."""
