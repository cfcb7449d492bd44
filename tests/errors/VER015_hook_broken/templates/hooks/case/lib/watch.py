"""Watches notes."""


class Watcher: ...


class AsyncWatcher: ...
