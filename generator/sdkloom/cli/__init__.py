"""The commands: arguments, what each one does, exit codes."""
