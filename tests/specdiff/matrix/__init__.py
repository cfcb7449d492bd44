"""Places in documents × changes of what stands there, each judged by something else than the rules."""
