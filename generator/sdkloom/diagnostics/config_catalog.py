"""The diagnostics of how sdk.yaml and the document go together, in the form of those in `catalog.py`."""

from __future__ import annotations

from .rules import error as _error
from .rules import note as _note
from .rules import warning as _warning

# CFG: sdk.yaml

CREDENTIAL_WAYS = _error(
    "CFG020",
    "a credential is sent in one way; here are {found}",
    "give it a `scheme` of the document, or the name of a `header`, of a parameter of the `query`, or of a `cookie`",
)
CREDENTIAL_KEY = _error("CFG021", "`{key}` belongs to a credential with a `{owner}`", "remove it")

NO_SPDX = _error(
    "CFG070",
    "`{text}` is no licence by which packages name theirs",
    "an SPDX expression is (spdx.org/licenses): `MIT`, `MIT OR Apache-2.0`, `LicenseRef-Ours` for one of your own",
)
DECIMALS_OF_TWO_KINDS = _error(
    "CFG072",
    "texts and numbers can't both be `Decimal`: it couldn't be told how to send one",
    "leave one of the two as it is: `str` in `formats`, `float` in `numbers`",
)
NO_LICENSE_FILE = _error("CFG071", "the text of the licence, `{path}`, can't be read: {error}")

# EMIT: what the package says about itself

NO_LICENSE_TEXT = _note(
    "EMIT040",
    "the package has no LICENSE: sdkloom has no text of `{name}`",
    "put the text beside sdk.yaml, and name its file: `package: {{license_file: LICENSE.txt}}`",
)
NO_LICENSE = _note(
    "EMIT041",
    "the package names no licence: SPDX doesn't know `{name}`, which the document has",
    "`package: {{license: …}}` in sdk.yaml names one, `false` says that there is none",
)
NO_PAGE = _note(
    "EMIT042",
    "the package does not name the {what}: `{url}` is no {kind}",
    "`package: {{urls: …}}` in sdk.yaml names pages",
)

# LOW: resources and methods

NOT_INFERRED = _error("LOW140", "no method `{name}` of {owner} follows from the document")
INFERRED_ELSEWHERE = _warning(
    "LOW141",
    "`{wanted}` would be `{endpoint}`, which is called `{name}` now",
    "list that method too, under the name that it shall have",
)
UNKNOWN_LIKE = _error("LOW142", "this resource has no generated method `{name}`")
SKIPS_NOTHING = _warning("LOW143", "`{pattern}` fits no operation of the document", "remove it from `skip`")

VENDOR_METHOD = _warning(
    "LOW131",
    "`{key}` decides about the names of methods, here of `{endpoint}`",
    "`vendor_extensions: true` in sdk.yaml agrees to that, `false` leaves it out",
)
VENDOR_SKIPS = _warning(
    "LOW132",
    "`{key}` says that SDKs leave out `{endpoint}`: it has no method",
    "`vendor_extensions: true` in sdk.yaml agrees to that, `false` makes the method",
)
INTERNAL = _warning(
    "LOW183",
    "the document marks `{endpoint}`{more} with `x-internal`; {has} all the same",
    "`internal_operations: false` in sdk.yaml leaves {them} out, `true` keeps {them} without this warning",
)
PREFIX_OF_NOTHING = _warning("LOW133", "no path begins with `{prefix}`", "remove it from `prefix`")

# RUN: the part of an SDK that is asked for

SELECTS_NOTHING = _error(
    "RUN030",
    "`{pattern}` fits no operation",
    "name a tag, a path (`/pets/*`), an operation id, a method (`pets.list`) or a resource (`pets`)",
)
NOTHING_SELECTED = _error("RUN031", "what is left has no method", "`--skip` takes away what `--only` asks for")

# LOW: parameters

PARAMETER_NOWHERE = _error("LOW144", "there is no parameter `{name}` in {where}")
PARAMETER_NAME_TAKEN = _error("LOW145", "`{name}` can't be called `{rename}`, as that is something else here")
HIDDEN_REQUIRED = _error("LOW146", "`{name}` is hidden, but must be sent", "give it a `constant`")
NO_TYPE = _error("LOW147", "there is no type `{text}`")
DEFAULT_UNFIT = _error("LOW148", "`{value}` can't be the default of `{name}`: its type is another one")
NO_LIST = _error("LOW149", "nothing can be appended to `{name}`: it is no list", "give it a type: `list[str]`")
STREAM_FLAG = _error(
    "LOW181", "`{name}` asks for a stream: it can have no other default", "remove `default` and `append`"
)
VENDOR_PARAMETER = _warning(
    "LOW180",
    "`{key}` decides about the {what} of parameters, here of `{name}`",
    "`vendor_extensions: true` in sdk.yaml agrees to that, `false` leaves it out",
)

# LOW: types

FORMAT_UNKNOWN = _warning("LOW190", "no text of the document has the format `{format}`", "remove it from `formats`")

NUMBER_FORMAT_UNKNOWN = _warning(
    "LOW202", "no number of the document has the format `{format}`", "remove it from `numbers`"
)

PATTERN_OF_OTHERS = _warning(
    "LOW203",
    "Python can't read the pattern `{pattern}` ({error}): no annotation says it",
    "write it in a way that both JavaScript and Python read",
)

NO_ENUM = _error(
    "LOW201", "`{name}` can't be an enum class", "its schema must have an `enum` of texts only, or of integers only"
)

VENDOR_TYPE = _warning(
    "LOW156",
    "`{key}` decides about the {what} of types, here of `{name}`",
    "`vendor_extensions: true` in sdk.yaml agrees to that, `false` leaves it out",
)
