"""The API as it describes itself: complete, and true whatever is sent (fuzzed with schemathesis)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from sync.wire import PROTOCOL, PROTOCOL_HEADER
from tests.hq.server import TOKEN, Mall, Running, running

EXAMPLES = 20
# Much of what the schema allows breaks a rule of the trade, which is told in a sentence and not in the schema.
RULES_IN_WORDS = [positive_data_acceptance]
METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("api")) as one:
        mall = Mall(one.operator, 1)
        mall.open_store()
        mall.add_product()
        mall.place()
        yield one


@pytest.fixture(scope="module")
def described(hq: Running) -> dict[str, Any]:
    told: dict[str, Any] = httpx.get(f"{hq.url}/v1/openapi.json").raise_for_status().json()
    return told


@pytest.fixture
def api(hq: Running) -> Any:
    return schemathesis.openapi.from_url(f"{hq.url}/v1/openapi.json")


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            if method in METHODS:
                yield f"{method} {path}", told


def test_every_call_tells_its_refusals_with_an_example(described: dict[str, Any]) -> None:
    for name, told in operations(described):
        refusals = {status: answer for status, answer in told["responses"].items() if status >= "400"}
        assert {"413", "422", "503"} <= refusals.keys(), name
        assert "security" not in told or "401" in refusals, name
        for answer in refusals.values():
            assert answer["content"]["application/problem+json"]["examples"], name


def test_every_call_tells_what_it_takes_and_gives(described: dict[str, Any]) -> None:
    for name, told in operations(described):
        assert any(status < "300" for status in told["responses"]), name
        assert told["summary"], name
        taken = told.get("requestBody", {}).get("content", {})
        assert "application/json" not in taken or taken["application/json"]["example"] is not None, name


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    def references(told: Any) -> Iterator[str]:
        if isinstance(told, dict):
            if isinstance(told.get("$ref"), str):
                yield told["$ref"]
            for each in told.values():
                yield from references(each)
        elif isinstance(told, list):
            for each in told:
                yield from references(each)

    for reference in references(described):
        found = described
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


@pytest.mark.timeout(300)
def test_hq_answers_as_it_says_whatever_it_is_asked(api: Any) -> None:
    for found in api.get_all_operations():
        ask_again_and_again(found.ok())


def ask_again_and_again(operation: Any) -> None:
    @given(operation.as_strategy())
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        if operation.path == "/v1/terminal/feed":
            # Nobody waits for news here.
            case.query = {**(case.query or {}), "wait": 0}
        told = {"Authorization": f"Bearer {TOKEN}", PROTOCOL_HEADER: str(PROTOCOL)}
        case.call_and_validate(headers={**(case.headers or {}), **told}, excluded_checks=RULES_IN_WORDS)

    ask()
