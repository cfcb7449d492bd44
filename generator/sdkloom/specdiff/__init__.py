"""What a change of the spec does to the wire, to type checkers and to running programs, in Python names."""
