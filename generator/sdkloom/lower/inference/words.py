"""Words: what counts as a verb, what the verbs of operation ids mean, and how words that run together are split."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

from ..names import identifiers as names

LONGEST = 40
"""Characters of a name that is inferred."""

_READING = """
    authorize batch browse calculate check compare compute convert count decode describe discover download encode
    estimate evaluate exists export fetch find generate get has head identify inspect introspect is list login logout
    lookup peek ping poll predict preview query read render resolve retrieve search show stream suggest summarize tail
    translate validate verify wait whoami
"""
READING_VERBS = frozenset(_READING.split())
"""Verbs that are no nouns in a path that is only read: `GET /pets/search`, but `GET /orders/{id}/invoice`."""

_WRITING = """
    abort accept acknowledge acquire activate add adjust aggregate allocate allow amend analyze analyse annotate answer
    append apply approve archive ask assign associate attach authenticate autocomplete backup ban begin bind block
    boost build bulk buy call cancel capture change checkout claim classify clear clone close collect commit compact
    complete compose confirm connect consume copy create crawl deactivate deallocate decline decrypt dedupe delete
    demote deny deploy deprovision deregister destroy detach detect disable disassociate disconnect discard dismiss
    dispatch do drain draft drop duplicate edit embed enable encrypt end enqueue enroll ensure erase exchange exclude
    execute expire extend extract fail favourite favorite feature fill filter finalize finish fire fix flag flush
    follow force forget fork forward freeze fulfill get give grant handle hide hold import impersonate include
    increment index ingest init initialize initiate insert install invalidate invite invoke issue join kick kill leave
    like link load lock log login logout log_in log_out mark match merge migrate moderate modify mount move mute notify
    offer open order pack parse patch pause pay perform pin place play post prepare process produce promote provision
    prune publish pull purge push put quote rate reactivate read reassign rebase reboot rebuild receive recalculate
    recover redeem redact redirect redo refresh refund register reindex reject release reload relink remove rename
    renew reopen reorder repair replace replay reply report repost repurpose request rerank rerun rescan reschedule
    resend reserve reset reshare resize restart restore resubmit resume resync retire retry return reveal revert review
    revoke rewind rollback rotate run sample save scan schedule scrape screenshot seal seek select sell send set setup
    share ship shutdown sign signin signout signup simulate skip snooze split spawn start stop store subscribe submit
    suspend swap swipe switch sync synchronize synthesize tag terminate test throw toggle tokenize touch track train
    transcribe transfer transform transition transmit trigger trim truncate unarchive unassign unban unbind unblock
    undelete undo unfavorite unfavourite unfeature unflag unfollow unhide uninstall unlink unload unlock unmark unmount
    unmute unpause unpin unpublish unregister unschedule unset unshare unsubscribe unsuspend update upgrade upload
    upsert use vacuum view void vote warm watch withdraw wipe write zip
"""
VERBS = READING_VERBS | frozenset(_WRITING.split())

PREFIXES = frozenset({"auto", "batch", "bulk", "multi", "mass", "async", "soft", "hard", "force", "pre", "re"})
"""What may stand before a verb: `bulk_delete`, `multi_search`."""

_NOUN_LIKE = """
    address block call charge cause check claim contact file filter flag grant hold import invite invoice issue launch
    like link load log login lookup mark match merge mount note offer order pack pay pin place plan play post process
    promote purchase query quote rate read record refund release repair reply report request reserve return review run
    sample schedule search set share ship sign split start stop store stream switch tag test touch track train
    transfer transform trigger use view vote watch
"""
NOUN_LIKE = frozenset(_NOUN_LIKE.split())
"""Verbs that are as often nouns: `login_links` are links, but `count_tokens` counts."""

ARTICLES = frozenset({"a", "an", "the"})
HTTP_VERBS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})

STANDARD = {
    **dict.fromkeys(("list", "index", "browse", "all"), "list"),
    **dict.fromkeys(("create", "new", "make", "insert", "post", "build"), "create"),
    **dict.fromkeys(("get", "retrieve", "fetch", "read", "show", "find", "describe", "view", "load"), "retrieve"),
    **dict.fromkeys(("update", "edit", "modify", "change", "patch", "put", "save", "replace", "set"), "update"),
    **dict.fromkeys(("delete", "remove", "destroy", "del", "erase"), "delete"),
}
"""Verbs of operation ids that say no more than the standard name."""

LINKS = frozenset({"and", "or", "by", "for", "from", "in", "into", "of", "on", "to", "with", "via", "at", "as", "per"})
"""Words that no name begins or ends with once others are taken from it."""

FILLERS = frozenset(
    {"by", "id", "ids", "for", "of", "in", "to", "from", "all", "new", "one", "with", "info", "details"}
)
"""Words that say nothing beside a verb and a resource: `get_pet_by_id`."""

_MIXED = """
    BigQuery CloudFormation CloudFront CloudWatch DevOps DynamoDB FastAPI FedEx GitHub GitLab GraphQL HubSpot IPv4
    IPv6 IoT JavaScript JSONPath LaTeX LinkedIn MariaDB MongoDB MySQL NoSQL OAuth OAuth1 OEmbed oEmbed OAuth2 OpenAI
    OpenAPI OpenID PayPal PostgreSQL PowerShell PubSub RabbitMQ SaaS SendGrid SoundCloud SQLite TikTok TypeScript
    UTF8 VoIP WebAuthn WebHook WebHooks WebRTC WebSocket WebSockets WhatsApp WiFi WordPress YouTube eBay eSIM eSIMs
    gRPC iCloud iOS iPad iPhone mTLS macOS
"""
"""Words with capitals inside that are one word."""

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LEADING_DIGIT = re.compile(r"(\d)(?=[-_ ]|[A-Za-z])(?!\d)")


class Spelling:
    """How texts of a document become words. `acronyms` are more words with capitals inside: `["OAuth", "VLANs"]`.

    `known` are texts that show where words begin: `custom_format` for the segment `customformat`.
    """

    def __init__(self, acronyms: Iterable[str] = (), known: Iterable[str] = ()) -> None:
        words = sorted({*_MIXED.split(), *acronyms}, key=lambda word: (-len(word), word))
        self._acronyms = re.compile("|".join(rf"{re.escape(word)}(?=s?(?![a-z]))" for word in words))
        self._known: dict[str, str] = {}
        for text in known:
            name = self._snake(text)
            if "_" in name and all(len(word) > 1 for word in name.split("_")):
                self._known.setdefault(name.replace("_", ""), name)

    def snake(self, text: str) -> str:
        """Return `text` in snake case, `""` if nothing is left: `OAuthApp` → `oauth_app`, `1-click` → `one_click`."""
        name = self._snake(text)
        if "_" in name:
            return name
        one = names.singular(name)
        return self._known.get(name) or (self._known[one] + name[len(one) :] if one in self._known else name)

    def _snake(self, text: str) -> str:
        text = self._acronyms.sub(lambda match: match[0].capitalize(), text)
        digit = _LEADING_DIGIT.match(text)
        if digit:
            text = f"{_DIGITS[int(digit[1])]}_{text[1:]}"
        return names.snake(text)


@functools.cache
def same(word: str) -> str:
    """Return what words have in common that mean the same thing: `pets`, `pet`; `namespaced`, `namespaces`."""
    word = names.singular(word)
    return word[:-1] if word.endswith("ed") and len(word) > 5 else word


def is_plural(name: str) -> bool:
    """Whether the last word of a name is a plural."""
    return names.singular(name) != name


def is_verbal(name: str, reading: bool, told: str = "") -> bool:
    """Whether a name says what is done: its first word is a verb. `reading`: nouns that are verbs too don't count.

    `told` is the verb of the operation id: it decides where the first word may be a noun.
    """
    first, *more = name.split("_")
    if first in PREFIXES:
        return bool(more) and more[0] in VERBS
    if first not in (READING_VERBS if reading else VERBS):
        return False
    return not (more and first in NOUN_LIKE and is_plural(name)) or told == first


def without_edges(words: Sequence[str], own: frozenset[str]) -> list[str]:
    """Return a verb and its words without those of the resource that follow the verb or stand at the end.

    Nothing is cut out of the middle: `get_pet_by_id` of `pets` is `get_by_id`, `create_thread_and_run` stays.
    """
    kept = list(words)
    while len(kept) > 1 and same(kept[-1]) in own:
        if len(kept) > 2 and kept[-2] in LINKS:
            break
        kept.pop()
    while len(kept) > 1 and same(kept[1]) in own:
        if len(kept) > 2 and kept[2] in ("and", "or"):
            break
        del kept[1]
    return kept


def shortened(name: str, limit: int = LONGEST) -> str:
    """Return as many words of a name as there is room for. A single word stays."""
    words = name.split("_")
    while len(words) > 1 and len("_".join(words)) > limit:
        words.pop()
        while len(words) > 1 and words[-1] in LINKS | ARTICLES:
            words.pop()
    return "_".join(words)
