"""The SDK as frozen data. References are by name, spans are not part of equality."""
