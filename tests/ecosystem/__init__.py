"""Programs of other libraries, with the reference and with the generated package: `make ecosystem`. See the README."""
