"""The protocols as they were frozen: both sides must read these files, field by field, for as long as they are served.

The files under `v1/` and `v2/` are never edited. A new field gets a new file in the newest; another meaning gets
another protocol number.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.domain.events import GENESIS, EventKind, is_intact
from app.domain.records import FeedBatch
from sync import translate
from sync.wire import (
    SINCE_PROTOCOL_2,
    Answer,
    EnrolAnswer,
    EnrolRequest,
    FeedPage,
    FeedRow,
    IncidentItem,
    KeyItem,
    Message,
    NeighbourItem,
    OrderItem,
    Outcome,
    PairItem,
    Problem,
    ProductItem,
    PushAnswer,
    PushRequest,
    ReleaseAnswer,
    RescheduleRequest,
    StaffItem,
    StockItem,
    StoreItem,
    TimeAnswer,
    WindowsAnswer,
    WireEvent,
)

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("v*/*.json"))
MODELS: dict[str, type[Message]] = {
    "answer": Answer,
    "enrol_answer": EnrolAnswer,
    "enrol_request": EnrolRequest,
    "feed_page": FeedPage,
    "feed_row": FeedRow,
    "problem": Problem,
    "push_answer": PushAnswer,
    "push_request": PushRequest,
    "release_answer": ReleaseAnswer,
    "reschedule_request": RescheduleRequest,
    "time_answer": TimeAnswer,
    "windows_answer": WindowsAnswer,
}
ITEMS = (
    StoreItem, NeighbourItem, StaffItem, KeyItem, ProductItem, StockItem, PairItem, OrderItem, IncidentItem,
)  # fmt: skip
# Each goes on with the chain of the one before.
PUSHES = [
    FOLDER / name
    for name in (
        "v1/push_request.json",
        "v1/push_request_stock_and_sales.json",
        "v2/push_request_shop_day.json",
        "v2/push_request_photo.json",
    )
]
ROWS = [path for path in FILES if path.stem.startswith("feed_row_") and "later" not in path.stem]


def model_of(path: Path) -> type[Message]:
    return next(model for name, model in MODELS.items() if path.stem.startswith(name))


def written(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def names(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_frozen_message_reads_and_writes_back_the_same(path: Path) -> None:
    message = model_of(path).model_validate_json(path.read_bytes())
    assert message.model_dump(mode="json", exclude_unset=True) == written(path)


@pytest.mark.parametrize("path", FILES, ids=names)
def test_a_frozen_message_survives_a_second_trip(path: Path) -> None:
    message = model_of(path).model_validate_json(path.read_bytes())
    assert type(message).model_validate_json(message.model_dump_json()) == message


@pytest.mark.parametrize("path", FILES, ids=names)
def test_fields_of_a_later_release_are_ignored(path: Path) -> None:
    model = model_of(path)
    assert model.model_validate({**written(path), "from_the_future": [1, {"x": None}]}) == model.model_validate(
        written(path)
    )


@pytest.mark.parametrize("path", FILES, ids=names)
def test_no_frozen_file_was_edited(path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert f"{digest}  {path.name}" in (path.parent / "SHA256SUMS").read_text().splitlines(), (
        f"{path.name} is part of a protocol that terminals in shops speak: add a file, never edit one"
    )


def test_no_frozen_file_was_removed() -> None:
    frozen = {
        (sums.parent.name, line.split("  ")[1])
        for sums in FOLDER.glob("v*/SHA256SUMS")
        for line in sums.read_text().splitlines()
    }
    assert {(path.parent.name, path.name) for path in FILES} == frozen


@pytest.mark.parametrize("path", [path for path in FILES if path.stem in MODELS], ids=names)
def test_a_frozen_message_shows_every_field(path: Path) -> None:
    assert written(path).keys() == model_of(path).model_fields.keys()


@pytest.mark.parametrize("model", ITEMS)
def test_a_frozen_item_shows_every_field(model: type[Message]) -> None:
    kind = model.model_fields["kind"].default
    shown = [written(path)["item"].keys() for path in ROWS if written(path)["item"]["kind"] == kind]
    assert model.model_fields.keys() in shown


def test_every_kind_of_item_is_frozen() -> None:
    kinds = {written(path)["item"]["kind"] for path in ROWS}
    assert kinds == {model.model_fields["kind"].default for model in ITEMS}


def test_protocol_1_knows_every_kind_that_hq_does_not_keep_from_it() -> None:
    kinds = {written(path)["item"]["kind"] for path in ROWS if path.parent.name == "v1"}
    assert kinds == {model.model_fields["kind"].default for model in ITEMS} - SINCE_PROTOCOL_2


def test_a_kind_of_a_later_release_costs_its_row_and_no_other() -> None:
    page = FeedPage.model_validate_json((FOLDER / "v2" / "feed_page.json").read_bytes())
    assert [type(record).__name__ for record in translate.records(page.rows)] == ["StockRecord", "PairRecord"]


def test_a_known_kind_in_an_unknown_form_is_refused() -> None:
    row = {"seq": 1, "item": {"kind": "stock", "product_number": 301, "on_hand": "many", "reserved": 0}}
    with pytest.raises(ValidationError):
        FeedRow.model_validate(row)


def test_every_event_kind_is_frozen_with_its_chain() -> None:
    requests = [PushRequest.model_validate_json(path.read_bytes()) for path in PUSHES]
    events = [WireEvent.model_validate(raw).event() for request in requests for raw in request.events]
    assert {event.kind for event in events} == set(EventKind)
    assert all(is_intact(event) for event in events)
    assert [event.prev for event in events] == [GENESIS, *[event.hash for event in events[:-1]]]


@pytest.mark.parametrize("path", PUSHES, ids=names)
def test_events_on_the_wire_are_what_the_file_says(path: Path) -> None:
    frozen = written(path)["events"]
    assert [WireEvent.of(WireEvent.model_validate(raw).event()).model_dump(mode="json") for raw in frozen] == frozen


def test_every_outcome_is_frozen() -> None:
    answer = PushAnswer.model_validate_json((FOLDER / "v1" / "push_answer.json").read_bytes())
    assert {result.outcome for result in answer.results} == set(Outcome)


@pytest.mark.parametrize("path", ROWS, ids=names)
def test_every_frozen_item_becomes_a_record(path: Path) -> None:
    row = FeedRow.model_validate_json(path.read_bytes())
    batch = FeedBatch("g", row.seq, row.seq, translate.records([row]))
    assert type(batch.records[0]).__name__ == type(row.item).__name__.replace("Item", "Record")


def test_a_record_carries_every_field_of_its_item() -> None:
    for model in ITEMS:
        kind = model.model_fields["kind"].default
        path = next(path for path in ROWS if path.stem == f"feed_row_{kind}")
        row = FeedRow.model_validate_json(path.read_bytes())
        (record,) = translate.records([row])
        assert set(type(record).__slots__) == model.model_fields.keys() - {"kind"}
