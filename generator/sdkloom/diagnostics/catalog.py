"""The diagnostics of reading and lowering: code, severity, wording and hint. `tests/errors/` has a case for each.

`sink.report(catalog.DUPLICATE_KEY, span, key="paths")`: the keywords fill the braces of wording and hint.
Codes are grouped by stage and never reused. Other modules called `…_catalog.py` beside this have more of them.
"""

from __future__ import annotations

from .rules import error as _error
from .rules import fault as _fault
from .rules import warning as _warning

# CFG: sdk.yaml

CONFIG_UNKNOWN_KEY = _error("CFG001", "there is no key `{key}` here")
CONFIG_MISSING_KEY = _error("CFG002", "`{key}` is missing in {where}")
CONFIG_WRONG_SHAPE = _error("CFG003", "{what} must be {due}, not {found}")
CONFIG_BAD_VALUE = _error("CFG004", "`{value}` can't be the value of `{key}`")
CONFIG_BAD_NAME = _error("CFG005", "`{name}` can't be a name here")
CONFIG_LISTED_TWICE = _error("CFG007", "`{name}` is listed twice", "remove one of the two")
CONFIG_SURROGATE = _error(
    "CFG008", "`{text}` holds half a character: {char}", "write the whole one: `\\ud83d\\ude00` or `😀`"
)

# DOC: the OpenAPI document

NOT_OPENAPI = _error(
    "DOC001", "this is not an OpenAPI document: there is no key `openapi`", "begin with `openapi: 3.1.0`"
)
SWAGGER = _error(
    "DOC002",
    "Swagger 2.0 is not supported",
    "convert the document to OpenAPI 3 first (for example with swagger2openapi)",
)
UNSUPPORTED_VERSION = _error("DOC003", "OpenAPI version `{version}` is not supported", "supported: 3.0.x, 3.1.x, 3.2.x")
UNKNOWN_KEY = _fault("DOC004", "`{key}` is not a key of the {kind} Object")
LATER_KEY = _fault("DOC005", "`{key}` comes with OpenAPI {since}, and this is a {version} document")
WRONG_SHAPE = _error("DOC006", "{what} must be {due}, not {found}")
MISSING_KEY = _error("DOC007", "`{key}` is missing in this {kind} Object")
TEXT_EXPECTED = _fault("DOC008", "`{key}` must be a text; `{text}` was read as one", 'put it in quotes: `"{text}"`')
NULL_VALUE = _fault("DOC009", "`{key}` has no value", "remove the key, or give it a value")
DANGLING_REF = _fault(
    "DOC010", "`{ref}` points nowhere: there is no `{step}`; a schema is any value then, anything else is left out"
)
CYCLIC_REF = _error("DOC011", "`{ref}` leads back to itself", "one of these references must be an object of its own")
URL_REF = _fault(
    "DOC012",
    "`{ref}` is a URL, and nothing is fetched: a schema is any value then, anything else is left out",
    "download the file and refer to it by its path",
)
ANCHOR_REF = _fault(
    "DOC013",
    "`{ref}` points nowhere: no schema has the `$anchor` `{name}`; it is any value then",
    "write it as `#/components/schemas/Name`",
)
UNREADABLE_FILE = _error("DOC014", "`{file}` can't be read: {reason}", "paths are relative to the file with the `$ref`")
REF_SIBLING = _warning(
    "DOC015", "`{key}` beside a `$ref` has no effect here", "only `summary` and `description` have one"
)
SCHEMA_REF_SIBLING = _warning(
    "DOC016",
    "`{key}` beside a `$ref` has no effect in OpenAPI 3.0",
    "put the `$ref` into an `allOf`, or use OpenAPI 3.1",
)
UNKNOWN_TYPE = _fault("DOC017", "`{name}` is not a type: {read}")
TYPE_LIST = _fault("DOC018", "a list of types comes with OpenAPI 3.1", "in 3.0: one type and `nullable: true`")
REQUIRED_FLAG = _fault(
    "DOC019",
    "`required: {text}` has no effect in a schema",
    "list the names of required properties in the parent's `required`",
)
EXAMPLES_MAPPING = _fault(
    "DOC020", "`examples` of a schema is a list; this mapping was ignored", "make it a list of values"
)
EMPTY_LIST = _fault("DOC021", "`{key}` must hold at least one schema; it is read as if it weren't there")
UNKNOWN_MAPPING = _fault(
    "DOC022", "the discriminator's mapping names an unknown schema `{name}`; the entry is left out"
)
NOT_JSON = _fault("DOC023", "`{text}` is no JSON value; it is read as null", "JSON knows neither infinity nor NaN")
DUPLICATE_PARAMETER = _fault(
    "DOC024", "the {location} parameter `{name}` is declared twice; the first one counts", "remove one of the two"
)
SCHEMA_BESIDE = _fault(
    "DOC054", "the schema of the parameter `{name}` stands beside its name, as in Swagger 2.0", "put it into `schema`"
)
BODY_PARAMETER = _fault(
    "DOC055",
    "`{location}` is a location of Swagger 2.0: it is taken as the request body",
    "write `requestBody`",
)
UNKNOWN_LOCATION = _error("DOC025", "`{location}` is no location of a parameter")
PARAMETER_WITHOUT_SCHEMA = _fault(
    "DOC026", "parameter `{name}` has neither `schema` nor `content`: it may be anything", "give it a `schema`"
)
BAD_STATUS = _fault(
    "DOC027", "`{status}` is no status; this response is {read}", "write a code (`200`), a range (`4XX`) or `default`"
)
PATH_WITHOUT_SLASH = _fault("DOC028", "path `{path}` does not begin with `/`: it is read as `/{path}`")
ADDITIONAL_METHOD = _fault("DOC029", "`{method}` has a key of its own", "write it as `{key}` in the Path Item Object")
UNDECLARED_PATH_PARAMETER = _fault(
    "DOC030",
    "`{{{name}}}` of path `{path}` is not declared; it is taken as a text",
    "add it to `parameters`: `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`",
)
PARAMETER_NOT_IN_PATH = _fault("DOC031", "path parameter `{name}` does not occur in `{path}`: it is left out")
PLACEHOLDER = _fault("DOC052", "the path `{path}` is taken as `{taken}`", "write it so: OpenAPI 3.1 §4.8.8.1")
OPTIONAL_PATH_PARAMETER = _fault(
    "DOC032", "path parameter `{name}` is not marked as required, but it always is", "add `required: true`"
)
DUPLICATE_OPERATION_ID = _fault("DOC033", "operationId `{name}` is used twice", "each operation needs its own")
UNKNOWN_SERVER_VARIABLE = _fault(
    "DOC034",
    "server variable `{{{name}}}` is not declared: the clients can't do without the option",
    "add it to `variables`",
)
UNKNOWN_SERVER = _fault(
    "DOC053",
    "`{{{name}}}` at the beginning of a server's URL is not declared: nobody knows the server",
    "add it to `variables`, with a URL as its `default`",
)
UNKNOWN_SCHEME_TYPE = _fault("DOC035", "`{kind}` is no type of security scheme: what it asks for can't be sent")
UNKNOWN_SCHEME = _fault(
    "DOC036",
    "security scheme `{name}` is not declared: what asks for it is left out",
    "declare it in `components.securitySchemes`",
)
BAD_COMPONENT_NAME = _fault(
    "DOC037", "`{name}` can't be the name of a component", "use letters, digits, `.`, `_` and `-` only"
)
TWO_NAMES = _warning(
    "DOC038", "`{name}` is the same file as `{other}`, whose name is used", "refer to `{other}` instead"
)
IGNORED_KEY = _warning("DOC040", "`{key}` is not supported; it was ignored")
AMBIGUOUS_PATH = _fault(
    "DOC041", "`{path}` is the same path as `{other}`: only names differ", "servers can't tell the two apart"
)
BAD_HEADER_NAME = _error(
    "DOC050", "`{name}` can't be the name of a header", "use letters, digits and `!#$%&'*+-.^_`|~` only"
)
HEADER_LEFT_OUT = _fault(
    "DOC051",
    "`{name}` can't be the name of a header: the {what} is left out",
    "HTTP allows letters, digits and `!#$%&'*+-.^_`|~` only",
)
MISSING_WITH_DEFAULT = _fault("DOC135", "`{key}` is missing in this {kind} Object; {default}")
PATH_MISPLACED = _error("DOC140", "`{path}` can't be a path: what stands below it would be lost")
ODD_VALUE = _fault("DOC136", "{what} must be {due}, not {found}; it is read as {read}")

# HOOK: hooked methods and fragments

ORPHAN_FRAGMENT = _error(
    "HOOK001",
    "no generated file `{target}` takes this fragment",
    "fragments of hooked methods are filed under the module of their resource, such as `resources/messages.py/`",
)
UNKNOWN_SLOT = _error("HOOK002", "`{name}` is no slot of `{target}`", "its slots are {known}")
HOOK_WITHOUT_FRAGMENT = _error("HOOK003", "the hooked method `{method}` has no body", "write the body in `{template}`")
HOOK_MODULE_MISSING = _error("HOOK005", "the hand-written module `{module}` does not exist", "it belongs to `{file}`")
HOOK_NAME_MISSING = _error("HOOK006", "`{file}` does not define `{name}`")
FRAGMENT_NOT_IMPORTS = _error("HOOK007", "not a list of imports: {error}")
HOOK_UNUSED = _warning("HOOK013", "`{file}` is not used: it is no part of a package")
HOOK_FOLDER_MISSING = _error("HOOK012", "there is no folder `templates/{folder}`")
HOOK_SYMBOL = _error("HOOK011", "hook `{hook}` relies on {what}, which doesn't exist")

VALUE_OF_ANOTHER_TYPE = _fault(
    "DOC060", "`{value}` in `{key}` is {found}, and the type is {due}", "correct the type, or the value"
)
DEFAULT_NOT_LISTED = _fault("DOC061", "the default `{value}` is none of the values that `enum` lists")
LISTED_TWICE = _fault("DOC062", "`{value}` is listed twice in `{key}`", "remove one of the two, or correct it")
EMPTY_RANGE = _fault("DOC063", "nothing fits: `{low}` ({x}) is larger than `{high}` ({y})", "swap the two")
OTHER_METHOD = _fault("DOC056", "`{name}` is no method of HTTP: the operation below it is left out")
UNKNOWN_METHOD = _error("DOC064", "`{name}` is no method of HTTP: the operation below it would be lost")
MISPLACED_OPERATION = _error("DOC065", "`{name}` can't stand here: the operation below it would be lost")

# LCK: names.lock

LOCK_CONFLICT = _error(
    "LCK001",
    "an unresolved merge conflict",
    "keep the lines of both sides without the markers, and run `sdkloom generate`",
)
LOCK_VERSION = _error(
    "LCK002",
    "this names.lock has {found}, and the generator knows version {known}",
    "use the version of sdkloom that wrote it, or restore the file from version control",
)
LOCK_UNKNOWN_KEY = _error("LCK003", "there is no key `{key}` in names.lock")
LOCK_SHAPE = _error("LCK004", "{what} must be {due}, not {found}", "restore the file from version control")
LOCK_NO_NAME = _error("LCK005", "`{name}` is not {due}", "delete the line: then the generator chooses a name")
LOCK_RESERVED = _error(
    "LCK006",
    "`{name}` can't be kept: nothing can be called so here",
    "delete the line: then the generator chooses another name",
)
LOCK_TAKEN = _error(
    "LCK007",
    "`{name}` can't be kept: it is the name of something else too",
    "choose another name in sdk.yaml, or delete one of the lines: then the generator chooses another name",
)

# LOW: lowering

NAME_TAKEN = _error(
    "LOW002",
    "{what} and {other} would both be in the module of `{name}`",
    "rename one of them in sdk.yaml: the method, or the type with `types: {{Schema: {{rename: Name}}}}`",
)
MEMBER_TWICE = _error(
    "LOW004", "`{name}` is used twice in the resource `{resource}`", "rename one of the two in sdk.yaml"
)
NO_SCHEMA = _error("LOW005", "there is no schema `{name}`")
TYPE_LISTED_TWICE = _error("LOW006", "`{name}` belongs to another resource already", "list it once")
NO_ENDPOINT = _error("LOW007", "there is no operation `{endpoint}` in the document")
NO_PARAMETER = _error("LOW008", "there is no parameter `{name}`")
NO_STREAM_PARAM = _error("LOW009", "the body has no boolean property `{name}`")
NO_BODY_TYPE = _error("LOW110", "the operation takes no body of type `{name}`")
NO_EVENTS = _error(
    "LOW010",
    "`{name}` asks for a stream, but the operation has no response of type `text/event-stream`",
    "declare it beside the JSON response, or remove `stream_param`",
)
NO_METHOD = _error("LOW011", "there is no method `{name}`", "write resource and method: `messages.create`")
NO_SCHEME = _error("LOW012", "there is no security scheme `{name}` in the document")
RECURSIVE_ALIAS = _warning(
    "LOW015", "`{name}` is defined by itself; `object` stands for it inside of the definition", "make it an object"
)
ALL_OF_CYCLE = _error("LOW016", "this `allOf` contains itself", "one of the parts must not refer back")
UNION_FOLDED = _warning(
    "LOW017",
    "an object with properties and alternatives becomes one class in which those of the alternatives are optional",
    "write the alternatives as whole objects to get a union",
)
TWO_UNIONS = _warning("LOW018", "`oneOf` and `anyOf` together are read as one union of all their members")
TUPLE_DEGRADED = _warning("LOW019", "`prefixItems` becomes a list of any of its types; positions are lost")
ENUM_NOT_TEXT = _fault("LOW020", "the type is `string`, but {value} is no text; it was made one", "put it in quotes")
ENUM_NAMES_UNFIT = _warning(
    "LOW200",
    "`{key}` has {count} entries for {values} values: it is left out",
    "give one for each value of `enum`, in the same order",
)
LITERAL_DEGRADED = _warning("LOW021", "only texts, integers and booleans can be literals; the general type is used")
KEYWORD_IGNORED = _warning("LOW022", "`{keyword}` can't be expressed as a Python type and is ignored")
PATTERN_PROPERTIES = _warning("LOW023", "`patternProperties` becomes a dictionary; the patterns of the keys are lost")
DISCRIMINATOR_IGNORED = _warning(
    "LOW024",
    "the discriminator `{name}` is ignored: the variants can't all be told apart by it",
    "every variant must be an object with its own value of the property",
)
PARAMETER_UNSUPPORTED = _warning(
    "LOW025", "{kind} parameters are not supported: `{name}` is left out", "send it with `extra_headers`"
)
PARAMETER_CONTENT = _warning(
    "LOW026",
    "`{name}` has content of type `{media}`, which is no JSON",
    "the method takes it as a text, which is sent as it is",
)
PARAMETER_STYLE = _fault(
    "LOW027",
    "`{name}` can't have the style `{style}` in the {where}: it is written as {written}",
    "OpenAPI 3.1 §4.8.12.2 says which styles there are",
)
CALLBACK = _warning("LOW033", "the callback `{name}` sends no JSON: it gets no parser")
WEBHOOK = _warning("LOW034", "the webhook `{name}` sends no JSON: it gets no parser")
NO_SERVER = _warning(
    "LOW036",
    "the document names no absolute server URL: clients can't be made without `base_url`",
    "set `client.base_url` in sdk.yaml",
)
SCHEME_UNSUPPORTED = _warning(
    "LOW037", "security scheme `{name}` ({kind}) is not supported; send it with `default_headers`"
)
DISCRIMINATOR_ALONE = _warning(
    "LOW039",
    "a discriminator without `oneOf` or `anyOf` is ignored: all values of `{name}` give this one class",
    "list the subtypes in a `oneOf` to tell them apart",
)
RESERVED_NAME = _error(
    "LOW041", "`{name}` can't be an attribute of the {owner}: {why}", "choose another name: `{other}`"
)
CREDENTIAL_PART = _error(
    "LOW129", "`{option}` can't be all of `{name}`: that is made of {parts}", "say which one it is with `part`"
)
CREDENTIAL_PART_MISSING = _error("LOW130", "`{name}` needs an option for its {part} too", "add one with `part: {part}`")
SECURITY_NOWHERE = _warning(
    "LOW120",
    "no operation asks for credentials, though there are security schemes: those that are given are sent, none is "
    "demanded",
    "write `security` at the root of the document, or `client.security` in sdk.yaml",
)
OPTION_RENAMED = _warning(
    "LOW121",
    "the option for `{name}` is called `{option}`, as the clients have another use for `{wanted}`",
    "choose a name under `client.credentials` in sdk.yaml",
)
SCHEME_UNUSED = _warning("LOW122", "no operation asks for `{name}`: the clients have no option for it")
SERVER_UNNAMED = _warning(
    "LOW123",
    "the server `{url}` has no name that is its own: only `base_url` leads there",
    "name the servers under `client.environments` in sdk.yaml",
)
SERVER_UNUSABLE = _warning("LOW124", "`{url}` is no URL that requests can be sent to: the server is left out")
SERVER_WITHOUT_SCHEME = _warning("LOW125", "the server `{url}` is taken as `{taken}`", "begin it with `https://`")
VARIABLE_DEFAULT = _fault("LOW126", "the default `{value}` of `{name}` is none of its values", "add it to `enum`")
VARIABLE_RENAMED = _warning(
    "LOW127", "the option for the server variable `{name}` is called `{option}`: `{wanted}` has another use"
)
NO_TOKEN_URL = _fault("LOW128", "a flow of `{name}` has no `tokenUrl`: tokens aren't fetched, but given to the client")
NAME_IN_USE = _error(
    "LOW043",
    "`{name}` can't be the name of {what}: Python or the package has another use for it",
    "choose another name in sdk.yaml",
)
NAME_TOO_LONG = _error("LOW044", "the name `{name}` is too long for a file: more than {limit} bytes", "shorten it")
TOO_ENTANGLED = _error(
    "LOW045",
    "schemas refer to each other in a chain that is too long to follow",
    "refer to the end of the chain directly",
)
TITLE_SHORTENED = _warning(
    "LOW060",
    "the title is too long for a name: the package is called `{name}`",
    "choose a name in sdk.yaml: `package: {{distribution: …}}`",
)
NO_ARGUMENT = _error("LOW046", "`{method}` has no parameter `{name}`")
ARGUMENTS_MISSING = _error("LOW047", "the example of `{method}` lacks {names}", "required parameters need a value")
REQUIRED_UNDECLARED = _warning("LOW048", "`{name}` is required, but no property of this object is called so")
NOT_A_SYMBOL = _error(
    "LOW050",
    "`{text}` is not the name of anything in Python",
    'write it as users do: `{package}.types.Thing`, `client.things.create`, `client.things.create(name="value")`',
)
NO_SYMBOL = _error("LOW051", "there is no `{symbol}` in this SDK")
OLD_NAME_TAKEN = _error("LOW052", "`{symbol}` can't be an old name: it has another use", "remove the line")
KINDS_DIFFER = _error("LOW053", "`{old}` is {one}, but `{new}` is {other}")
OWNERS_DIFFER = _error(
    "LOW054",
    "`{old}` isn't in `{owner}`, where `{new}` is",
    "only types, resources and their methods can have moved; other names can change where they are",
)
NESTED_PARAMETER = _warning(
    "LOW100",
    "the style `{style}` has no form for lists or objects inside of `{name}`: each is sent as JSON",
    "if the server reads something else, say it in sdk.yaml: `styles: {{{name}: deepObject}}`",
)
NULL_BODY = _warning(
    "LOW102",
    "the body may be `null`, which can't be sent: its members are the arguments of the method",
    "`body_required: true` of the method in sdk.yaml makes it one argument, `body`, if JSON is all that it is sent as",
)
STYLE_OF_NOTHING = _error("LOW101", "there is no parameter `{name}` in the query of {where}")
SAMPLE_TOO_LARGE = _warning(
    "LOW061",
    "the request tests send no value for `{name}` that fits: the smallest one would be too large",
    "they send a smaller one, or an empty object",
)
STAND_IN_REPLACED = _warning(
    "LOW075",
    "`{symbol}` is made from the document now: the hand-written one gives way",
    "remove this line, and the hand-written module if nothing else needs it",
)
EXPORT_WITHOUT_PACKAGE = _error(
    "LOW076",
    "there is no package `{package}` in this SDK that could offer `{name}`",
    "hand-written modules stand in packages that the SDK has: {known}",
)
MAPPING_CONTRADICTS = _fault(
    "LOW090",
    "the mapping says `{tag}` for `{name}`, whose `{property}` can only be {allowed}",
    "one of the two is a slip: write {allowed} in the mapping, or `{tag}` in `{name}`",
)
MAPPING_TO_NO_VARIANT = _fault("LOW091", "the mapping leads `{tag}` to `{name}`, which is no variant of this union")
VARIANT_WITHOUT_TAG = _fault(
    "LOW092", "{variant} has no property `{name}`, by which the discriminator tells the variants apart"
)
TAG_UNKNOWN = _fault("LOW093", "no variant of this union has the property `{name}`, which is to tell them apart")
OPERATION_TWICE = _warning(
    "LOW094",
    "`{endpoint}` has two methods: `{name}` is the same as `{other}`",
    "remove one of the two, or correct its endpoint",
)
RETIRED_VALUE_UNKNOWN = _warning("LOW095", "`{value}` is none of the values that `{name}` can have")
HEADER_UNKNOWN = _warning("LOW096", "no operation has a header parameter `{name}`, which is sent all the same")
METHOD_RENAMED = _warning(
    "LOW097",
    "`{name}` can't be the name of a method: {why}; it is called `{other}`",
    "write `{other}`, or choose another name",
)
NO_OLD_NAME = _error("LOW055", "{what} can't have an old name: {why}")
HOOK_MISSES_VARIANT = _warning(
    "LOW080",
    "the hook `{hook}` doesn't know `{variant}`, the variant `{tag}` of `{union}`",
    "see what it makes of one, then add the tag to its `handles` in sdk.yaml",
)
HANDLES_NO_UNION = _error(
    "LOW083", "there is no union `{name}` with tags for `handles` of the hook `{hook}`", "name a type, or `Type.field`"
)
HANDLES_NO_VARIANT = _warning("LOW084", "`{union}` has no variant `{tag}`", "remove it")
TYPE_PATTERN_IDLE = _error("LOW150", "no schema has a name like `{pattern}`", "remove the pattern")
TYPE_HOLE_UNKNOWN = _error(
    "LOW151", "`{hole}` stands for nothing: it isn't in `{pattern}`", "names take what the key has"
)
TYPE_NAME_IMPOSSIBLE = _error("LOW152", "the type of the schema `{schema}` can't be called `{name}`")
NO_INLINE_SCHEMA = _error(
    "LOW153",
    "there is no schema without a name at `{pointer}`",
    "a key that begins with `#/` is the JSON pointer of a schema that is written where it is used",
)
TYPE_PATTERN_OPEN = _error("LOW155", "`{pattern}` has more than two holes of one letter", "write two patterns")
INLINE_RECURSIVE = _error("LOW154", "`{name}` holds itself: it can't be written where it is used", "let it have a type")

# SRC: YAML and JSON text

SYNTAX = _error("SRC001", "{problem}")
DUPLICATE_KEY = _error("SRC002", "key `{key}` is given twice", "keep one of the two")
FOREIGN_TAG = _error("SRC003", "tag `{tag}` is not part of JSON or of YAML's core schema", "remove the tag")
TAG_MISMATCH = _error("SRC004", "`{text}` is not a `{tag}`", "remove the tag or correct the value")
SEVERAL_DOCUMENTS = _error("SRC005", "a second document starts here", "a file holds one document: remove this `---`")
EMPTY_FILE = _error("SRC006", "the file is empty")
KEY_NOT_TEXT = _warning(
    "SRC007", "key `{key}` is read as a text; other programs may take it for {kind}", 'put it in quotes: `"{key}"`'
)
KEY_IS_COLLECTION = _error("SRC008", "{kind} can't be a key", "put a text that begins with `{{` or `[` in quotes")
MERGE_NEEDS_MAPPING = _error("SRC009", "`<<` takes a mapping or a list of mappings", "give it an alias: `<<: *name`")
CYCLIC_ALIAS = _error("SRC010", "alias `*{name}` stands inside its own anchor", "use a `$ref` for recursive schemas")
UNDEFINED_ALIAS = _error(
    "SRC011", "there is no anchor `&{name}` before this alias", "anchors stand before their aliases"
)
ALIAS_BOMB = _error(
    "SRC012",
    "aliases make the document too large: more than {times} times its own size",
    "use `$ref` instead of aliases",
)
TOO_DEEP = _error("SRC013", "nested more than {limit} levels deep", "move the inner parts to `components`")
CONTROL_CHARACTER = _error(
    "SRC014", "character {char} is not allowed in YAML", "write it as an escape in double quotes"
)
NOT_UTF8 = _error("SRC015", "byte {byte} is not valid {encoding}", "save the file as UTF-8")
NUMBER_TOO_LONG = _error("SRC016", "the number has too many digits", "put it in quotes if it is a text")
TAB = _error("SRC020", "a tab stands in the indentation", "indent with spaces: YAML allows no tabs there")
OPEN_QUOTE = _error("SRC021", "this quote is not closed, or too late", "close it where the text ends")
WRONG_COLUMN = _error(
    "SRC022",
    "`{name}` begins in column {column}, and no key around it does",
    "`{neighbour}` begins in column {due}: if they are neighbours, so must `{name}`",
)
OVER_LIMIT = _error(
    "SRC017", "{what} more than {limit}", "if you trust the document, raise the limit with `--limit {name}=…`"
)
