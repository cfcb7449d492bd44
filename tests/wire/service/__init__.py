"""A service made with FastAPI, whose document and behaviour are not ours: packages made from it talk to it."""
