"""Watches notes."""


class Watcher: ...


class Other: ...
