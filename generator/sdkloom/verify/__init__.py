"""Independent checks of what was generated. Each can fail, and none relies on the stage that it checks."""

CHECKS = ("compile", "imports", "hooks", "order", "static", "payloads")
"""The checks, in the order in which they are made."""
