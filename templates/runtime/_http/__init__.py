"""The transport: clients, calls, connections, retries, redirects, deadlines."""
