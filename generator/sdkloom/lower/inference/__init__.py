"""Resources and methods where sdk.yaml says nothing: the rules of `docs/naming.md`, a module for each subject."""
