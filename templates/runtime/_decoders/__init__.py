"""Decoders of responses that come item by item, other than events."""
