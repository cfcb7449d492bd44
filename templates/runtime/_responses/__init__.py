"""What comes back: JSON, the parsed result, and what both kinds of response classes share."""
