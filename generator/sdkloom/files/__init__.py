"""What the commands read and write: inputs, reports, the folder of an SDK, their paths, and revisions in git."""
