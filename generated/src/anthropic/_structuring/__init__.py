"""From JSON to models and back: fields, the metaclass, structure and unstructure hooks.

Modules build on each other in this order:

- `fields`, `model_meta`: what the annotations of a class say, and the class that is made from them
- `annotations`: what kind of type an annotation is; `dates`, `validation_error`: what no other module is needed for
- `hooks`: tables of structure hooks, and the one walk over annotations
- `combinators`: what generated hooks and the lenient way are made of; `strict_scalars`: the same for the strict way
- `strict`, `lenient`: the two ways to read data; the lenient one asks the strict one which variant of a union fits
- `structure`: the way in, for all other packages

The way out is `unstructure`, and `dump_options` on top of it.
"""
