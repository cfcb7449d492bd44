"""Facts about the events of streams: those of all streams of the client, and those of one method."""

from __future__ import annotations

from ...ir.streams import StreamEvents
from ..collector import Collector, listed
from ..matching.pairing import keyed_by
from ..rules import client
from ..subject import Subject


def report_events(collector: Collector, subject: Subject, old: StreamEvents, new: StreamEvents, of: str = "") -> None:
    """Report how the events of streams are understood in another way. `of` says whose streams, if not all are meant:
    ` of `client.chat.create``."""
    events = keyed_by(str, old.items, new.items)
    for rule, names in ((client.STREAM_EVENT_ADDED, events.added), (client.STREAM_EVENT_REMOVED, events.removed)):
        for event in names:
            collector.add(rule, subject, detail=event, event=event, of=of)
    has_new_mark = bool(set(new.ends) - set(old.ends))
    for rule, was, now in (
        (client.STREAM_END_CHANGED, old.terminal, new.terminal),
        (client.STREAM_MARK_CHANGED if has_new_mark else client.STREAM_END_CHANGED, old.ends, new.ends),
        (client.STREAM_SKIPPED_CHANGED, old.skipped, new.skipped),
    ):
        if set(was) != set(now):
            texts = [listed(names, joint="or") for names in (was, now)]
            collector.add(rule, subject, detail=" ".join(now), renamed=(), old=texts[0], new=texts[1], of=of)
    if old.error != new.error:
        texts = [setting(name) for name in (old.error, new.error)]
        collector.add(client.STREAM_ERROR_CHANGED, subject, detail="", renamed=(), old=texts[0], new=texts[1], of=of)


def setting(value: object) -> str:
    """Return a value as it stands in a message: numbers and versions as they are, texts between backticks."""
    if value is None or value == "":
        return "nothing"
    return str(value) if str(value).replace(".", "").isdigit() else f"`{value}`"
