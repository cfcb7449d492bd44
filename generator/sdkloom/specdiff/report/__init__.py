"""A report in the formats that people and machines read: one module per format, each with a pure `render`."""
