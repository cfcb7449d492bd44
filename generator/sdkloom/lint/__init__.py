"""`sdkloom lint`: what makes a document a bad base for an SDK, though the SDK can be made."""
