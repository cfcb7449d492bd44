"""What differs between two specs, found node by node."""
