"""The transport.

`base_client` is what both clients share: settings, and how a request is made from them. `sync_client` and
`async_client` do the waiting. `call` is the state of one call, `retries` and `redirects` its rules, `result` what it
returns. `connections` holds the httpx client that `httpx_clients` makes; `httpx_internals` is all that relies on
httpx's own attributes. `deadline` and `cancellation` are loaded by those calls that need them.
"""
