"""What packages of small documents send."""
