"""Everything that the console says, it says in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import hq
from app.domain.order import Status
from app.domain.rules import rule_as_json
from app.domain.window import WhyNot
from hq.console import words
from hq.console.rule_form import USUAL
from hq.console.words import Word
from hq.messages.kinds import Kind, Standing
from hq.money.takings import Taking
from hq.ordering.shortages import Answer, Cause
from hq.ordering.story import FactKind
from hq.people.operators import Role
from hq.routing import Why
from sync.wire import IncidentKind

HQ = Path(hq.__file__).parent
CONSOLE = sorted((HQ / "console").rglob("*.py"))
# The modules whose refusals an operator can meet.
REFUSING = (
    "alerts",
    "counters/enrolment",
    "counters/keys",
    "counters/terminals",
    "goods/catalogue",
    "mall/sessions",
    "messages/log",
    "ordering/dispatch",
    "ordering/orders",
    "ordering/rerouting",
    "people/operators",
    "people/passwords",
    "people/sign_in",
    "reports/totals",
    "stores",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
CATALOGUES = [
    name
    for name in vars(words)
    if name.isupper() and name not in {"LANGUAGES", "REFUSALS"} and not name.endswith("TONES")
]


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                yield node


def told(node: ast.expr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


@pytest.mark.parametrize("name", CATALOGUES)
def test_no_word_of_the_catalogue_lacks_a_language(name: str) -> None:
    for key, word in getattr(words, name).items():
        assert CHINESE.search(word.zh), key
        assert word.en, key
        assert not CHINESE.search(word.en), key


@pytest.mark.parametrize("path", CONSOLE, ids=lambda path: path.stem)
def test_no_sentence_of_a_page_lacks_a_language(path: Path) -> None:
    for call in calls(path, "say", "Word"):
        if len(call.args) == 2 and all(isinstance(each, ast.Constant | ast.JoinedStr) for each in call.args):
            zh, en = (told(each) for each in call.args)
            assert zh.strip(), ast.unparse(call)
            assert en.strip(), ast.unparse(call)
            assert not CHINESE.search(en.replace("中文", "")), ast.unparse(call)


def test_every_state_fact_role_and_incident_has_its_word() -> None:
    assert set(words.STATUS) == set(words.TONES) == {status.value for status in Status}
    assert set(words.FACTS) == {kind.value for kind in FactKind}
    assert set(words.ROLES) == {role.value for role in Role}
    assert set(words.INCIDENTS) == {kind.value for kind in IncidentKind}


def test_every_kind_of_message_alert_rule_and_reason_has_its_word() -> None:
    recorded = {
        told(call.args[2]) for path in HQ.rglob("*.py") for call in calls(path, "record") if len(call.args) == 5
    }
    assert recorded - {""} <= set(words.ALERTS) - {"shortage"}
    assert "shortage" in words.ALERTS
    assert set(words.MESSAGES) == {kind.value for kind in Kind}
    assert set(words.STANDING) == set(words.MESSAGE_TONES) == {standing.value for standing in Standing}
    assert set(words.RULES) == {rule_as_json(rule)["kind"] for rule in USUAL.values()}
    assert set(words.WHY_NOT) == {why.value for why in WhyNot}
    assert {why.value for why in Why} <= set(words.WHY)
    assert set(words.ANSWERS) == {answer.value or "open" for answer in Answer}
    assert set(words.TAKINGS) == {taking.value for taking in Taking}
    assert set(words.CAUSES) == {cause.value for cause in Cause}
    assert set(words.SESSION_STATES) == set(words.SESSION_TONES)


def test_every_action_that_is_audited_has_its_word() -> None:
    acted = {told(call.args[0]) for path in CONSOLE for call in calls(path, "act")}
    noted = {
        told(call.args[2]) for name in ("people/sign_in", "console/door") for call in calls(HQ / f"{name}.py", "record")
    }
    assert acted | noted <= set(words.ACTIONS)
    assert len(acted) >= 10


def test_every_refusal_is_said_in_chinese_too() -> None:
    paths = [HQ / f"{name}.py" for name in REFUSING] + CONSOLE
    codes = {told(call.args[0]) for path in paths for call in calls(path, "invalid", "conflict", "missing")}
    codes |= {told(call.args[1]) for path in paths for call in calls(path, "Rejection", "whole", "words")}
    assert sorted(codes - {""} - set(words.REFUSALS)) == []
    assert all(CHINESE.search(sentence) for sentence in words.REFUSALS.values())


def test_an_unknown_key_is_shown_as_it_is() -> None:
    assert words.named({"a": Word("甲", "A")}, "b", "zh") == "b"
