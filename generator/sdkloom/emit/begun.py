"""Files of a package that are only begun. Without imports, since a run that makes nothing new asks for them, too."""

BEGUN = frozenset({".gitignore", "CHANGELOG.md"})
"""Files that are written where there are none. They belong to those who have the package, not to the generator."""
