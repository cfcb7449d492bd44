"""IR → files: what is generated where, printing, formatting, writing. Nothing is decided here."""
