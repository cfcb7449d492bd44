"""The package: `generated/` beside Anthropic's own, and what openapi-python-client makes of the same document."""

from model import Goal, Peer, Suite

HTTPX = "httpx==0.27.2"  # the newest that 0.34.2 runs on
PEERS = [
    Peer("ours", "ours", ("-e", "{root}/generated", HTTPX)),
    Peer("fast", "ours[fast]", ("-e", "{root}/generated[fast]", HTTPX)),
    Peer("reference", "anthropic {version}", ("anthropic==0.34.2", HTTPX), "anthropic"),
    Peer("newest", "anthropic {version}", ("anthropic",), "anthropic"),
    Peer(
        "opc",
        "openapi-python-client {version}",
        ("openapi-python-client", "setuptools"),
        "openapi-python-client",
        ("openapi-python-client", "generate", "--path", "{spec}", "--output-path", "{out}", "--meta", "setup"),
    ),
]
ALL = ("ours", "fast", "reference", "newest", "opc")
SDKS = ("ours", "fast", "reference", "newest")
DUMPS = ("to_json", "model_dump_json")
KINDS = ("small", "mixed", "large", "large ASCII")
QUICK = ("--reps", "1", "--min-time", "0.01")

SUITES = [
    Suite(
        "models",
        "Models: JSON to objects and back, without HTTP",
        "bench_models.py",
        ALL,
        ("--reps", "3", "--min-time", "0.03"),
        QUICK,
        tuple(f"{kind} {case}" for kind in KINDS for case in ("bytes to object", "constructor", "to_dict", "to_json")),
    ),
    Suite(
        "create",
        "`create`: one call, in process and over a loopback server",
        "bench_create.py",
        SDKS,
        ("--concurrency", "1", "500", "--reps", "3", "--min-time", "0.1"),
        ("--part", "mock", "--concurrency", "1", *QUICK),
        ("mock sync small sdk", "mock async1 small sdk", "mock sync large sdk", "loopback async500 small sdk"),
    ),
    Suite(
        "streams",
        "Streams: one event",
        "bench_stream.py",
        SDKS,
        ("--reps", "3", "--min-time", "0.05"),
        ("--kinds", "text", "tool-records", *QUICK),
        tuple(f"text 1000 {how} {what}" for how in ("sync", "async") for what in ("create", "events", "text_stream")),
    ),
    Suite(
        "requests",
        "Requests with a long history or a large image",
        "bench_request.py",
        SDKS,
        ("--reps", "3", "--min-time", "0.05"),
        None,
        ("1 turn sdk", "1000 turns sdk", "5 MB image sdk"),
    ),
    Suite(
        "start",
        "Start: import, client, first request, in fresh processes",
        "bench_import.py",
        SDKS,
        ("--reps", "2"),
        ("--reps", "1"),
        ("import anthropic [cpu]", "client [cpu]", "first request [cpu]"),
        quick_peers=("ours", "reference"),
    ),
    Suite(
        "growth",
        "Growth: one event of longer and longer streams",
        "bench_growth.py",
        SDKS,
        ("--events", "1000", "10000"),
        None,
        most_rounds=2,
    ),
    Suite(
        "memory",
        "Memory: bytes held by one object",
        "bench_memory.py",
        ALL,
        ("--count", "20000"),
        ("--count", "2000"),
        ("message [B]", "event [B]"),
        most_rounds=1,
    ),
]


def _faster(title: str, suite: str, case: str, at_least: float, peer: str = "ours") -> Goal:
    return Goal(title, suite, (peer, case), ("reference", case), at_least=at_least)


def _asynchronous(kind: str, case: str) -> Goal:
    return Goal(
        f"async {case}, {kind}: beside the sync row",
        "streams",
        ("ours", f"{kind} 1000 async {case}"),
        ("ours", f"{kind} 1000 sync {case}"),
        at_most=1.15,
    )


GOALS = []
for case in DUMPS:
    GOALS += [_faster(f"`{case}`, {kind}", "models", f"{kind} {case}", 1.0) for kind in KINDS]
    GOALS += [_faster(f"`{case}`, {kind}, with `[fast]`", "models", f"{kind} {case}", 3.0, "fast") for kind in KINDS]
GOALS += [_faster(f"`to_dict`, {kind}", "models", f"{kind} to_dict", 1.5) for kind in KINDS]
GOALS += [_faster(f"constructor, {kind}", "models", f"{kind} constructor", 1.0) for kind in KINDS]
for kind in KINDS[2:]:
    GOALS.append(_faster(f"bytes → object, {kind}, with `[fast]`", "models", f"{kind} bytes to object", 4.0, "fast"))
for case in ("events", "snapshots"):
    GOALS.append(_faster(f"tool input, {case}", "streams", f"tool-records 1000 sync {case}", 12.0))
GOALS += [
    Goal(
        "import, client, first request: beside httpx alone",
        "start",
        ("ours", "first request [cpu]"),
        ("ours", "httpx first request [cpu]"),
        at_most=1.15,
    ),
    *(_asynchronous("text", case) for case in ("create", "events", "snapshots", "text_stream")),
    Goal(
        "500 concurrent calls over loopback: beside bare httpx",
        "create",
        ("ours", "loopback async500 small sdk"),
        ("ours", "loopback async500 small floor"),
        at_most=1.1,
    ),
    *(
        Goal(f"memory of {what}", "memory", ("ours", f"{case} [B]"), ("reference", f"{case} [B]"), at_most=0.35)
        for case, what in (("message", "a message"), ("event", "an event"))
    ),
]
