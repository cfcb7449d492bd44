"""Names: identifiers of Python, the names that names.lock keeps, old names that still work."""
