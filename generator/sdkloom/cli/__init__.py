"""The commands: their arguments, what each one does, exit codes."""
