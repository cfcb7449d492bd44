"""The program that runs the generated package and the reference models, in a process of its own.

`python runner.py PATH REQUEST RESPONSE`: where it looks for modules as JSON, and two JSON files. It is copied, and
imports nothing of the generator.
The generated classes are asked through the runtime's `_structuring.structure`, which is the same in every SDK.
"""

from __future__ import annotations

import inspect
import json
import pathlib
import pkgutil
import sys
import types
import warnings
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, cast, get_args

Response = Any
Path = tuple[str | int, ...]


def main() -> None:
    """Carry out the task in the request, and write the response."""
    request = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    sys.path[:] = [request["src"], *json.loads(sys.argv[1])]
    sys.setrecursionlimit(10_000)
    response = _TASKS[request["task"]](request)
    pathlib.Path(sys.argv[3]).write_text(json.dumps(response), encoding="utf-8")


def build_reference_models(request: Any) -> Response:
    """What datamodel-code-generator makes of a document: the source of a module, and the names of its classes by the
    JSON pointers of their schemas; or the error.

    Schemas and operations; nothing that would hide a difference: null is told from absent, enums stay values, and
    undeclared keys are kept, as JSON Schema has it.
    """
    from datamodel_code_generator.parser import LiteralType

    library: Any = import_module("datamodel_code_generator")
    module, metadata = pathlib.Path("models.py"), pathlib.Path("models.json")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of formats that it doesn't know
            library.generate(
                request["document"],
                input_file_type=library.InputFileType.OpenAPI,
                output=module,
                output_model_type=library.DataModelType.PydanticV2BaseModel,
                emit_model_metadata=metadata,
                openapi_scopes=[library.OpenAPIScope.Schemas, library.OpenAPIScope.Paths],
                allow_remote_refs=False,
                strict_refs=True,
                disable_timestamp=True,
                strict_nullable=True,
                extra_fields="allow",
                enum_field_as_literal=LiteralType.All,
                treat_dot_as_module=False,
                formatters=[],
            )
    except Exception as error:  # whatever stops it: there are no models
        return {"error": " ".join(str(error).split()) or type(error).__name__}
    classes: dict[str, list[str]] = {}
    for model in json.loads(metadata.read_text(encoding="utf-8"))["models"]:
        classes.setdefault(model["source_ref"], []).append(model["class_name"])
    return {"module": module.read_text(encoding="utf-8"), "classes": classes}


def load_reference_models(path: str) -> types.ModuleType:
    """The module of the reference models. `Field` is there from the start: datamodel-code-generator calls it so even
    where it imported it as something else, because a property has the name."""
    import pydantic

    module = types.ModuleType("sdkloom_reference_models")
    sys.modules[module.__name__] = module
    vars(module)["Field"] = pydantic.Field
    exec(compile(pathlib.Path(path).read_text(encoding="utf-8"), path, "exec"), vars(module))
    return module


def reference_fields(request: Any) -> Response:
    """The fields of the reference models: class → wire name → whether it is required, may be null, and the classes in
    its annotation. For a class that only stands for others (`RootModel`) the list of those."""
    from pydantic import BaseModel, RootModel

    module = load_reference_models(request["reference_models"])
    found: dict[str, Any] = {}
    for name, cls in vars(module).items():
        if not isinstance(cls, type) or not issubclass(cls, BaseModel):
            continue
        if issubclass(cls, RootModel):
            root = cls.model_fields.get("root")
            found[name] = sorted({inner.__name__ for inner in _classes(root.annotation)}) if root else []
            continue
        found[name] = {
            info.alias or key: {
                "required": info.is_required(),
                "nullable": _is_nullable(info.annotation),
                "classes": sorted({inner.__name__ for inner in _classes(info.annotation)}),
            }
            for key, info in cls.model_fields.items()
        }
    return found


def _is_nullable(annotation: Any) -> bool:
    """Whether `None` fits, also through the types that stand for another one."""
    pending = [annotation]
    seen: set[int] = set()
    while pending:
        inner = pending.pop()
        if inner is None or inner is type(None) or inner is Any:
            return True
        if id(inner) in seen:
            continue
        seen.add(id(inner))
        if hasattr(inner, "model_fields") and "root" in inner.model_fields:
            pending.append(inner.model_fields["root"].annotation)
        elif _is_choice(inner):
            pending += get_args(inner)
    return False


def _is_choice(annotation: Any) -> bool:
    return annotation.__class__.__name__ in {"UnionType", "_UnionGenericAlias", "Union", "_LiteralGenericAlias"}


def _classes(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for inner in get_args(annotation):
        yield from _classes(inner)


def payloads(request: Any) -> Response:
    """For each case what both sides say about each payload; where they agree on it, just 1 (yes) or 0 (no)."""
    from pydantic import TypeAdapter

    module = load_reference_models(request["reference_models"])
    package = _GeneratedPackage(request["package"])
    responses: list[Any] = []
    for case in request["cases"]:
        type_ = getattr(import_module(case["module"]), case["name"])
        references = [TypeAdapter(getattr(module, name)) for name in case["reference_models"]]
        responses.append([_both(payload, references, package, type_) for payload in case["payloads"]])
    return responses


def _both(payload: Any, references: list[Any], package: _GeneratedPackage, type_: Any) -> Response:
    """What both sides make of a payload. One reference model that accepts it is enough."""
    reference, generated = _best([_reference(payload, each) for each in references]), package.strict(payload, type_)
    if reference["accepts"] and generated["accepts"]:
        lenient = package.lenient(payload, type_)
        same = reference["dump"] == generated["dump"] and generated["dump"] == lenient["dump"] and lenient["same"]
        pairs = _pairs(reference.pop("classes"), generated.pop("classes"))
        if same:
            return {"agree": True, "pairs": pairs}
        return {"reference": reference, "generated": generated, "lenient": lenient, "pairs": pairs}
    if reference["accepts"] is generated["accepts"]:
        return 0
    return {"reference": reference, "generated": generated, "pairs": []}


def _pairs(references: Any, generated: Any) -> Any:
    """Where both have a class: the path, the reference model, the generated class."""
    by_path = {tuple(path): name for path, name in generated}
    return [(path, name, by_path[tuple(path)]) for path, name in references if tuple(path) in by_path]


def _best(results: list[Any]) -> Any:
    return next((result for result in results if result["accepts"]), results[0])


def _reference(payload: Any, adapter: Any) -> dict[str, Any]:
    """What a reference model makes of a payload."""
    from pydantic import ValidationError

    try:
        value = adapter.validate_python(payload)
        dump = adapter.dump_python(value, mode="json", by_alias=True, exclude_unset=True, warnings=False)
    except ValidationError as error:
        listed = error.errors(include_url=False, include_context=False, include_input=False)
        errors = [{"type": each["type"], "path": list(each["loc"]), "message": each["msg"]} for each in listed]
        return {"accepts": False, "errors": errors}
    except Exception as error:  # a model that can't be built, a validator that fails
        words = f"{type(error).__name__}: {error}"
        return {"accepts": False, "errors": [{"type": "crash", "path": [], "message": words}]}
    return {"accepts": True, "dump": dump, "classes": list(_reference_classes(value, ()))}


def _reference_classes(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    cls: Any = value.__class__
    if hasattr(value, "root") and "root" in getattr(cls, "model_fields", ()):
        yield from _reference_classes(value.root, path)
    elif hasattr(cls, "model_fields"):
        yield path, cls.__name__
        for name, info in cls.model_fields.items():
            yield from _reference_classes(getattr(value, name), (*path, info.alias or name))
    else:
        for key, item in _items(value):
            yield from _reference_classes(item, (*path, key))


def _items(value: Any) -> Iterator[tuple[str | int, Any]]:
    """What a container holds, with keys or positions."""
    if isinstance(value, list):
        yield from enumerate(cast("list[Any]", value))
    elif isinstance(value, dict):
        yield from cast("dict[str, Any]", value).items()


class _GeneratedPackage:
    """The generated package."""

    def __init__(self, package: str) -> None:
        self._structure = import_module(f"{package}._structuring.structure").structure
        unstructure = import_module(f"{package}._structuring.unstructure")
        self._plain = unstructure.unstructure
        self._json = unstructure.JSON
        self._error = import_module(f"{package}._structuring.validation_error").ValidationError
        self._model = import_module(f"{package}._models").BaseModel
        self._value: Any = None

    def strict(self, payload: Any, type_: Any) -> dict[str, Any]:
        """As constructors and `model_validate` take it."""
        try:
            self._value = self._structure(payload, type_, strict=True)
        except self._error as error:
            errors = [{"path": list(found.path), "message": found.message} for found in error.problems]
            return {"accepts": False, "errors": errors}
        except Exception as error:  # a bug in what was generated
            words = f"{type(error).__name__}: {error}"
            return {"accepts": False, "errors": [{"path": [], "message": words}], "crash": True}
        return {"accepts": True, "dump": self._dump(self._value), "classes": list(self._classes(self._value, ()))}

    def lenient(self, payload: Any, type_: Any) -> Any:
        """As responses are read: through the generated converters. `same`: it is what strict validation gave."""
        try:
            value = self._structure(payload, type_)
            return {"dump": self._dump(value), "same": value == self._value}
        except Exception as error:
            return {"dump": None, "same": False, "crash": f"{type(error).__name__}: {error}"}

    def _dump(self, value: Any) -> Any:
        return value.to_dict(mode="json") if isinstance(value, self._model) else self._plain(value, self._json)

    def _classes(self, value: Any, path: Path) -> Iterator[tuple[Path, str]]:
        if isinstance(value, self._model):
            cls: Any = value.__class__
            yield path, f"{cls.__module__}.{cls.__qualname__}"
            for name, info in value.model_fields.items():
                yield from self._classes(getattr(value, name), (*path, info.wire_name))
        else:
            for key, item in _items(value):
                yield from self._classes(item, (*path, key))


def imports(request: Any) -> Response:
    """Import every module, and get every name of `__all__` and every `(module, name)` that is expected."""
    failures: list[Any] = []
    modules, names = 0, 0
    package = import_module(request["package"])
    listed = [request["package"]]
    listed += [found.name for found in pkgutil.walk_packages(package.__path__, f"{request['package']}.", onerror=_skip)]
    wanted = {(module, name) for module, name in request["names"]}
    for module in listed:
        modules += 1
        try:
            loaded = import_module(module)
        except Exception as error:
            failures.append([module, "", f"{type(error).__name__}: {error}"])
            continue
        wanted |= {(module, name) for name in getattr(loaded, "__all__", ())}
    for module, name in sorted(wanted):
        names += 1
        try:
            getattr(import_module(module), name)
        except Exception as error:
            failures.append([module, name, f"{type(error).__name__}: {error}"])
    return {"modules": modules, "names": names, "failures": failures}


def _skip(name: str) -> None:
    """A package that can't be imported is reported when its turn comes."""


def hooks(request: Any) -> Response:
    """What is wrong with each hooked method in each class, in the order of the request."""
    return [_hook(hook) for hook in request["hooks"]]


def _hook(hook: Any) -> list[str]:
    try:
        cls = getattr(import_module(hook["module"]), hook["class"])
    except Exception as error:
        return [f"`{hook['class']}` can't be imported: {type(error).__name__}: {error}"]
    method, like = getattr(cls, hook["method"], None), getattr(cls, hook["like"], None)
    if not callable(method) or not callable(like):
        missing = hook["method"] if not callable(method) else hook["like"]
        return [f"`{hook['class']}` has no method `{missing}`"]
    problems = list(_signature(method, like, hook["without"]))
    module, name = hook["returns"]
    try:
        getattr(import_module(module), name)
    except Exception as error:
        problems.append(f"`{module}.{name}`, which it returns, can't be imported: {type(error).__name__}: {error}")
    declared = str(inspect.signature(method).return_annotation)
    if name not in declared:
        problems.append(f"it is declared to return `{declared}`, not `{name}`")
    given = inspect.signature(method).parameters
    problems += [f"it lacks the parameter `{param}`" for param in hook["params"] if param not in given]
    problems += [problem for module, owner, field in hook["requires"] for problem in _missing(module, owner, field)]
    return problems


def _signature(method: Any, like: Any, without: str | None) -> Iterator[str]:
    """The parameters of a hooked method are those of the method that it is like, but for the streaming one."""
    own = {name: str(param) for name, param in inspect.signature(method).parameters.items()}
    due = {name: str(param) for name, param in inspect.signature(like).parameters.items() if name != without}
    for name in [*due, *(name for name in own if name not in due)]:
        if name not in own:
            yield f"it lacks the parameter `{name}` of `{like.__name__}`"
        elif name not in due:
            yield f"it has a parameter `{name}` that `{like.__name__}` lacks"
        elif own[name] != due[name]:
            yield f"its parameter is `{own[name]}`, that of `{like.__name__}` is `{due[name]}`"


def _missing(module: str, owner: str, field: str) -> Iterator[str]:
    try:
        cls = getattr(import_module(module), owner)
    except Exception as error:
        yield f"it relies on `{owner}`, which can't be imported: {type(error).__name__}: {error}"
        return
    known = getattr(cls, "model_fields", None) or getattr(cls, "__annotations__", {})
    if field and field not in known:
        yield f"it relies on `{owner}.{field}`, which doesn't exist"


_TASKS: dict[str, Callable[[Any], Response]] = {
    "fields": reference_fields,
    "hooks": hooks,
    "imports": imports,
    "payloads": payloads,
    "reference models": build_reference_models,
}

if __name__ == "__main__":
    main()
