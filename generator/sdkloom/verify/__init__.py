"""Independent checks of what was generated. Each can fail, and none relies on the stage that it checks."""
