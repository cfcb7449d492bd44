"""IR → pieces of Python text. Nothing here decides what is generated, only how it is spelled."""
