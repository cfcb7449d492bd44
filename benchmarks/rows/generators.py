"""The generator, beside others that make Python of an OpenAPI document."""

from model import Goal, Peer, Suite

YAML = "pyyaml"  # for the documents that are measured
PEERS = [
    Peer("sdkloom", "sdkloom", ("-e", "{root}", YAML)),
    Peer("opc-run", "openapi-python-client {version}", ("openapi-python-client", YAML), "openapi-python-client"),
    Peer(
        "codegen",
        "datamodel-code-generator {version} (models only)",
        ("datamodel-code-generator", YAML),
        "datamodel-code-generator",
    ),
    Peer("crozier", "crozier {version} (Rust)", ("crozier", "ruff", YAML), "crozier"),
]
# apiwright 0.1.0rc6 is not among them: it doesn't follow references to parameters and headers.
SUITES = [
    Suite(
        "generate",
        "Generators: whole runs over the spec, several times side by side in one document (64 are 3 MB)",
        "bench_generate.py",
        tuple(peer.label for peer in PEERS),
        ("--copies", "1", "16", "64", "--reps", "1"),
        ("--copies", "1", "--reps", "1"),
        ("16 × the spec [cpu]", "64 × the spec [cpu]"),
        most_rounds=1,
    )
]
LARGE = "64 × the spec"
GOALS = [
    Goal(
        "generate, four times the document",
        "generate",
        ("sdkloom", f"{LARGE} [cpu]"),
        ("sdkloom", "16 × the spec [cpu]"),
        at_most=4**1.05,
    ),
    Goal(
        "generate again, nothing changed",
        "generate",
        ("sdkloom", f"{LARGE}, nothing changed [cpu]"),
        ("sdkloom", f"{LARGE} [cpu]"),
        at_most=0.15,
    ),
    *(
        Goal(f"generate, beside {name}", "generate", ("sdkloom", f"{LARGE} [cpu]"), (label, f"{LARGE} [cpu]"), 1.0)
        for label, name in (("opc-run", "openapi-python-client"), ("codegen", "datamodel-code-generator"))
    ),
]
