"""The rules of `docs/naming.md`, each with its neighbour: what comes close and is called otherwise."""

from __future__ import annotations

import pytest

from sdkloom.ir.walk import all_resources

from ...lowering import Lowered, lower_text

LIST = "{type: array, items: {type: string}}"
ONE = "{type: object, properties: {a: {type: string}}}"


def document(*operations: str) -> str:
    """Operations such as `get /pets id=listPets tags=pets gives=list`, one a line; more keys are YAML in braces."""
    lines = ["paths:"]
    by_path: dict[str, list[str]] = {}
    for operation in operations:
        verb, path, *more = operation.split(" ")
        given = dict(pair.split("=", 1) for pair in more)
        keys = [f'operationId: "{given["id"]}"'] if "id" in given else []
        keys += [f'tags: ["{given["tags"]}"]'] if "tags" in given else []
        keys += [f"{key}: {value}" for key, value in given.items() if key.startswith("x-")]
        schema = {"list": LIST, "one": ONE}.get(given.get("gives", ""))
        content = f", content: {{application/json: {{schema: {schema}}}}}" if schema else ""
        content = ", content: {text/csv: {}}" if given.get("gives") == "file" else content
        parameters = [f'{{name: "{name}", in: path, required: true, schema: {{type: string}}}}' for name in names(path)]
        keys.append(f"parameters: [{', '.join(parameters)}]")
        status = "200" if content else "204"
        keys.append(f'responses: {{"{status}": {{description: ok{content}}}}}')
        by_path.setdefault(path, []).append(f"    {verb}: {{{', '.join(keys)}}}")
    for path, found in by_path.items():
        lines += [f'  "{path}":', *found]
    return "\n".join(lines) + "\n"


def names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def called(*operations: str, config: str | None = None, lock: str | None = None) -> list[str]:
    """How the methods for some operations are called."""
    return symbols(lower_text(document(*operations), config, lock=lock), *operations)


def symbols(lowered: Lowered, *operations: str) -> list[str]:
    found = {
        f"{method.verb} {method.path}": ".".join((*resource.path, method.name))
        for resource in all_resources(lowered.ok.resources)
        for method in resource.methods
    }
    return [found[" ".join(operation.split(" ")[:2])] for operation in operations]


CRUD = ("post /pets", "get /pets/{id}", "patch /pets/{id}", "get /pets", "delete /pets/{id}")

RULES = {
    "static segments nest": (["get /zoo/pets/{id}"], ["zoo.pets.retrieve"]),
    "versions and api are dropped": (["get /api/v2/pets", "get /2.1/toys"], ["pets.list", "toys.list"]),
    "with what stands before": (["get /shop/api/v1/pets", "get /shop/api/v1/toys"], ["pets.list", "toys.list"]),
    "unless that differs": (["get /shop/v1/pets", "get /zoo/v1/pets"], ["shop.pets.list", "zoo.pets.list"]),
    "versions that are numbers": (
        ["get /rest/api/3/pets", "get /rest/api/3/toys/{id}", "get /rest/api/toys/3"],
        ["pets.list", "toys.retrieve", "toys.n3.retrieve"],
    ),
    "and between words": (
        ["get /oauth/1/keys", "get /oauth/2/tokens/{id}", "get /zoo/1/{id}", "get /zoo/{id}/1/pets"],
        ["oauth.keys.list", "oauth.tokens.retrieve", "zoo.n1.retrieve", "zoo.n1.pets.list"],
    ),
    "APIs as things": (
        ["get /gateway/apis", "post /gateway/apis/", "get /gateway/apis/{id}", "get /apis/shop/v1/pets"],
        ["gateway.apis.list", "gateway.apis.create", "gateway.apis.retrieve", "pets.list"],
    ),
    "formats as parameters": (
        ["get /pets{mediaTypeExtension}", "get /pets/{id}{mediaTypeExtension}", "get /toys.{format}", "get /zoo/{ext}"],
        ["pets.list", "pets.retrieve", "toys.list", "zoo.retrieve"],
    ),
    "collections and items": (CRUD, ["pets.create", "pets.retrieve", "pets.update", "pets.list", "pets.delete"]),
    "put beside patch": (["put /pets/{id}", "patch /pets/{id}"], ["pets.replace", "pets.update"]),
    "post on an item": (["post /pets/{id}"], ["pets.update"]),
    "beside patch": (["post /pets/{id} id=feedPet", "patch /pets/{id}"], ["pets.feed", "pets.update"]),
    "actions": (["get /pets/{id}", "post /pets/{id}/cancel"], ["pets.retrieve", "pets.cancel"]),
    "a plural is no action": (["post /pets/{id}/toys"], ["pets.toys.create"]),
    "nor what has children": (
        ["post /pets/{id}/meal", "get /pets/{id}/meal/{day}"],
        ["pets.meal.create", "pets.meal.retrieve"],
    ),
    "verbs are actions": (["post /pets/count_legs", "get /pets/search"], ["pets.count_legs", "pets.search"]),
    "nouns that are verbs, too": (
        ["get /pets/{id}/order", "post /pets/{id}/login_links"],
        ["pets.order.retrieve", "pets.login_links.create"],
    ),
    "what gives a file": (["get /pets/{id}/picture gives=file"], ["pets.picture"]),
    "a query in the path": (
        ["post /v1/messages", "post /v1/messages?beta=true", "get /v1/messages/{id}?beta=true"],
        ["messages.create", "beta.messages.create", "beta.messages.retrieve"],
    ),
    "singletons": (["get /account gives=one", "get /settings gives=one"], ["account.retrieve", "settings.retrieve"]),
    "lists": (["get /people gives=list", "get /pets"], ["people.list", "pets.list"]),
    "verb-only APIs": (
        ["post /sendPhoto", "post /getMe", "post /close", "post /leaveChat"],
        ["send_photo", "get_me", "close_", "leave_chat"],
    ),
    "a verb that is a tag": (["post /ask id=ask tags=ask", "get /pets"], ["ask.create", "pets.list"]),
    "a verb that is none": (["post /ask id=ask", "get /pets"], ["ask", "pets.list"]),
    "a leaf alone below its tag": (["post /oauth/token id=createToken tags=oauth"], ["oauth.token"]),
    "and with another": (
        ["post /oauth/token id=createToken tags=oauth", "get /oauth/keys tags=oauth"],
        ["oauth.token.create", "oauth.keys.list"],
    ),
    "actions in a fragment": (
        ["post /#Action=CreateQueue", "get /#Action=CreateQueue", "post /#X-Amz-Target=Sqs.SendMessage"],
        ["create_queue", "create_queue_with_query", "send_message"],
    ),
    "actions behind a colon": (["post /pets/{id}:feed"], ["pets.feed"]),
    "dotted paths": (["post /chat.postMessage", "get /chat.users.list"], ["chat.post_message", "chat.users.list"]),
    "selectors": (["get /flows/{id}", "get /flows/name/{name}"], ["flows.retrieve", "flows.retrieve_by_name"]),
    "by": (
        ["get /users/by/username/{name}", "get /pets/by/{tag}", "get /pets/by gives=list"],
        ["users.retrieve_by_username", "pets.retrieve_by_tag", "pets.by.list"],
    ),
    "many at once": (
        ["get /pets/{id}", "post /pets/bulk id=createPets", "get /toys/{id}", "post /toys/bulk", "delete /toys/bulk"],
        ["pets.retrieve", "pets.bulk_create", "toys.retrieve", "toys.bulk.create", "toys.bulk.delete"],
    ),
    "many at once in the operation id": (
        ["delete /pets/ id=pets_bulk_delete", "delete /pets/{id}/ id=pets_delete"],
        ["pets.bulk_delete", "pets.delete"],
    ),
    "listed, but one thing": (
        ["get /status id=status_list gives=one", "get /cars id=list gives=one", "get /stock id=stock_list gives=list"],
        ["status.retrieve", "cars.list", "stock.list"],
    ),
    "ids that machines made": (
        ["get /pets/{id}/label-6VMVochwUWo", "get /pets/{id}/label-2024edition"],
        ["pets.label.retrieve", "pets.label_2024edition.retrieve"],
    ),
    "formats": (["get /pets/json", "get /toys/{id}.json"], ["pets.list", "toys.retrieve"]),
    "the verb of the operation id": (
        ["post /files id=uploadFile", "post /sessions/{id}/events id=BetaSendEvents", "get /pets id=searchPets"],
        ["files.upload", "sessions.events.send", "pets.search"],
    ),
    "a put that creates": (["put /pets id=createPet", "put /toys id=saveToy"], ["pets.create", "toys.update"]),
    "adding to something": (["post /pet id=addPet", "post /zoo/{id}/pets id=addPet"], ["pet.create", "zoo.pets.add"]),
    "metadata": (["get /files/{id} id=getFileMetadata"], ["files.retrieve_metadata"]),
    "words of FastAPI": (
        [
            "get /flows/{id}/x id=read_x_flows__id__x_get",
            "post /threads/runs id=create_thread_and_run_threads_runs_post",
            "post /threads/{id}/runs id=create_run",
        ],
        ["flows.x.retrieve", "threads.runs.create_thread_and_run", "threads.runs.create"],
    ),
    "an older version of the same": (["get /v1/pets", "get /v2/pets"], ["v1.pets.list", "pets.list"]),
    "the same without a version": (["get /pets", "get /v2/pets"], ["pets.list", "v2.pets.list"]),
    "what all paths begin with": (
        ["get /public/pets", "get /public/toys", "get /public/zoos"],
        ["pets.list", "toys.list", "zoos.list"],
    ),
    "but not a resource": (
        ["get /pets/a", "get /pets/b", "get /pets/{id}"],
        ["pets.a.retrieve", "pets.b.retrieve", "pets.retrieve"],
    ),
    "tags that nest": (["get /v1/libraries/{id} tags=beta.libraries"], ["beta.libraries.retrieve"]),
    "tags where the path says nothing": (["get / tags=Health"], ["health.retrieve"]),
    "nothing at all": (["get /"], ["root"]),
    "words run together": (["get /customformat tags=CustomFormat"], ["custom_format.retrieve"]),
    "acronyms": (
        ["get /OAuthApps", "get /1-clicks", "get /userIDs"],
        ["oauth_apps.list", "one_clicks.list", "user_ids.list"],
    ),
    "scopes of Azure": (["get /subscriptions/{s}/providers/Micro.Web/sites/{name}"], ["sites.retrieve"]),
    "two of one name": (
        ["get /webhooks/{id}", "get /webhooks/{id}/{token} id=getWebhookByToken", "delete /pets", "delete /pets/{id}"],
        ["webhooks.retrieve", "webhooks.retrieve_by_token", "pets.delete_all", "pets.delete"],
    ),
    "names of the client and of Python": (
        ["get /timeout gives=one", "post /pets/{id}/import", "get /get/{id}"],
        ["timeout_.retrieve", "pets.import_", "get_.retrieve"],
    ),
    "a resource isn't said twice": (["get /store/stores gives=list"], ["store.list"]),
}  # fmt: skip


@pytest.mark.parametrize("operations, expected", RULES.values(), ids=list(RULES))
def test_rule(operations: list[str], expected: list[str]) -> None:
    assert called(*operations) == expected


def test_long_names_lose_whole_words_at_the_end() -> None:
    words = "-".join(["cancel", *(["feeding"] * 8)])
    assert called("get /pets/{id}", f"post /pets/{{id}}/{words}")[1] == "pets.cancel_feeding_feeding_feeding_feeding"


def test_methods_of_the_client_keep_their_locked_names() -> None:
    lock = (
        'version: 1\n\nmethods:\n  "#/paths/~1sendPhoto/post": send_picture\n  "#/paths/~1pets/get": zoo.animals.all\n'
    )
    assert called("post /sendPhoto", "get /pets", lock=lock) == ["send_picture", "zoo.animals.all"]


def test_a_resource_gives_way_to_a_locked_method() -> None:
    lock = 'version: 1\n\nmethods:\n  "#/paths/~1pets~1{id}~1meal/post": pets.meal\n'
    operations = ("post /pets/{id}/meal", "get /pets/{id}/meal/{day}", "get /pets/{id}")
    assert called(*operations, lock=lock) == ["pets.meal", "pets.retrieve_meal", "pets.retrieve"]


def test_prefixes() -> None:
    config = 'prefix: {"/accounts/{account}": "", "/zones/{zone}/dns": names.dns}\n'
    operations = ("get /accounts/{id}/pets", "get /zones/{z}/dns/{id}", "get /zones/{z}", "get /accountsettings")
    assert called(*operations, config=config) == [
        "pets.list",
        "names.dns.retrieve",
        "zones.retrieve",
        "accountsettings.list",
    ]


def test_a_prefix_of_nothing() -> None:
    assert lower_text(document("get /pets"), 'prefix: {"/pet": ""}\n').codes == ["LOW133"]


def test_acronyms_of_the_config() -> None:
    assert called("get /VxLANs", config="acronyms: [VxLAN]\n") == ["vxlans.list"]
    assert called("get /VxLANs") == ["vx_lans.list"]


EXTENDED = (
    "get /a/{id} x-fern-sdk-group-name=[zoo,cages] x-fern-sdk-method-name=look",
    "get /b/{id} x-speakeasy-group=zoo.pets x-speakeasy-name-override=fetchOne",
    "get /c",
    "get /d x-fern-ignore=true",
)


def test_extensions_of_other_generators() -> None:
    lowered = lower_text(document(*EXTENDED))
    assert symbols(lowered, *EXTENDED[:3]) == ["zoo.cages.look", "zoo.pets.fetch_one", "c.retrieve"]
    assert set(lowered.codes) == {"LOW131", "LOW132"}
    assert lower_text(document(*EXTENDED), "vendor_extensions: true\n").codes == []
    config = "vendor_extensions: false\n"
    assert called(*EXTENDED, config=config) == ["a.retrieve", "b.retrieve", "c.retrieve", "d.retrieve"]


def test_internal_operations() -> None:
    operations = (
        "get /pets",
        "post /pets x-internal=true",
        "get /toys x-internal=false",
        "get /v1/pets x-internal=true",
    )
    assert called(*operations, config="internal_operations: true\n") == called(*operations)
    lowered = lower_text(document(*operations))
    assert lowered.codes == ["LOW183"]
    left = lower_text(document(*operations), "internal_operations: false\n")
    assert symbols(left, *operations[:1], operations[2]) == ["pets.list", "toys.list"]
    assert left.codes == []
