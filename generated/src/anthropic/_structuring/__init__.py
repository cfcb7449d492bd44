"""From JSON to models and back: fields, the metaclass, structure and unstructure hooks.

Modules build on each other in this order: `fields`, `model_meta`, `annotations`, `hooks`, `combinators`, `lenient` and
`strict`, `structure`. `unstructure` is the way out.
"""
