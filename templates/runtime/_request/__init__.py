"""What is sent: options of a request, headers, bodies, JSON, and which of their values are secret."""
