"""What a case expects may be a test file: it is compared, not run."""

collect_ignore_glob = ["*/expected"]
