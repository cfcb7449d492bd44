"""What the commands read and write: inputs, outputs, their paths, and states in git."""
