"""Methods: operations become methods of resources, with parameters, bodies and responses."""
