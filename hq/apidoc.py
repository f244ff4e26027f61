"""The description of HQ's API: what each call takes and gives, and every refusal with an example."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sync.wire import Problem

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
_REF = "#/components/schemas/{model}"

# What any call may answer: what it was sent cannot be read, or HQ cannot answer now.
_ALWAYS = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("too_large", "A request has at most 1 MB."),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("invalid", "lines.0.quantity: Input should be a valid integer"),
    HTTPStatus.SERVICE_UNAVAILABLE: ("busy", "HQ is writing as fast as it can: try again in a second."),
}
OPERATOR_ONLY = (HTTPStatus.UNAUTHORIZED, "operator", "This needs HQ's operator token.")
TERMINAL_ONLY = (HTTPStatus.UNAUTHORIZED, "terminal", "HQ does not know this terminal, or it was revoked.")
OTHER_PROTOCOL = (HTTPStatus.UPGRADE_REQUIRED, "protocol", "HQ speaks protocols 1 to 2, the terminal protocol 9.")

Refusal = tuple[HTTPStatus, str, str]
_SCHEMES = {
    "operator": {"type": "http", "scheme": "bearer", "description": "HQ's operator token"},
    "terminal": {"type": "http", "scheme": "bearer", "description": "A terminal's token, from its enrolment"},
    "customer": {"type": "http", "scheme": "bearer", "description": "A customer's token: POST /v1/mall/customers"},
}
_taken: dict[str, type[BaseModel]] = {}


def missing(code: str, sentence: str) -> Refusal:
    """Return the refusal of what HQ does not know."""
    return HTTPStatus.NOT_FOUND, code, sentence


def conflict(code: str, sentence: str) -> Refusal:
    """Return the refusal of what comes at the wrong moment."""
    return HTTPStatus.CONFLICT, code, sentence


def call(
    *,
    who: str = "",
    takes: type[BaseModel] | None = None,
    example: Mapping[str, Any] | None = None,
    takes_file: str = "",
    gives: type[BaseModel] | None = None,
    gives_file: str = "",
    status: int = HTTPStatus.OK,
    refuses: Sequence[Refusal] = (),
) -> dict[str, Any]:
    """Return what a route's decorator is given: `who` may call, what it takes and gives, and how it refuses.

    `takes_file` and `gives_file` are media types of a body that is no JSON.
    """
    responses: dict[int | str, dict[str, Any]] = {
        int(code): {"description": told["description"], "content": told["content"]}
        for code, told in _refusals(refuses).items()
    }
    responses[int(status)] = {"description": HTTPStatus(status).phrase}
    if gives:
        responses[int(status)]["content"] = {JSON: {"schema": _schema(gives)}}
    if gives_file:
        responses[int(status)]["content"] = {gives_file: {"schema": {"type": "string", "format": "binary"}}}
    extra: dict[str, Any] = {}
    if takes_file:
        content = {takes_file: {"schema": {"type": "string", "format": "binary"}}}
        extra["requestBody"] = {"required": True, "content": content}
    if takes:
        body: dict[str, Any] = {"schema": _schema(takes)}
        if example is not None:
            body["example"] = example
        extra["requestBody"] = {"required": True, "content": {JSON: body}}
    if who:
        extra["security"] = [{who: []}]
    return {"responses": responses, "openapi_extra": extra, "status_code": int(status)}


def describe(app: FastAPI, plain: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the OpenAPI document of an app; `plain` are paths that the framework does not know of."""
    told = get_openapi(
        title="Ziti HQ",
        version="1",
        description="The mall, the routing engine and the stores' terminals. Refusals are problems (RFC 9457).",
        routes=app.routes,
    )
    # Pages are for people: they need no description.
    told["paths"] = {path: methods for path, methods in told["paths"].items() if path.startswith("/v1/")}
    for path, methods in plain.items():
        told["paths"].setdefault(path, {}).update(methods)
    components = told.setdefault("components", {})
    components.setdefault("securitySchemes", {}).update(_SCHEMES)
    _, definitions = models_json_schema([(model, "validation") for model in _taken.values()], ref_template=_REF)
    components.setdefault("schemas", {}).update(definitions.get("$defs", {}))
    return told


def operation(summary: str, told: Mapping[str, Any], parameters: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Return the description of a plain route, from what `call` gives a framework's."""
    return {
        "summary": summary,
        "parameters": list(parameters),
        **told["openapi_extra"],
        "responses": {str(status): response for status, response in told["responses"].items()},
    }


def _schema(model: type[BaseModel]) -> dict[str, str]:
    _taken[model.__name__] = model
    return {"$ref": _REF.format(model=model.__name__)}


def _refusals(refuses: Sequence[Refusal]) -> dict[HTTPStatus, dict[str, Any]]:
    known: dict[HTTPStatus, dict[str, Refusal]] = {}
    for refusal in [*((status, *told) for status, told in _ALWAYS.items()), *refuses]:
        known.setdefault(refusal[0], {})[refusal[1]] = refusal
    return {status: _refusal(status, told) for status, told in known.items()}


def _refusal(status: HTTPStatus, told: Mapping[str, Refusal]) -> dict[str, Any]:
    examples = {
        code: {"value": Problem(code=code, title=status.phrase, status=status.value, detail=sentence).model_dump()}
        for code, (_, _, sentence) in told.items()
    }
    content = {PROBLEM_JSON: {"schema": _schema(Problem), "examples": examples}}
    return {"description": status.phrase, "content": content}
