"""A photo of what stayed here: kept with its hand-over or not at all, and never in the hand-over's way."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.domain import photo
from app.domain.order import Status
from app.domain.photo import Flaw
from app.domain.records import OrderRecord, Settled
from app.errors import DiskFull
from app.storage import backup, mirror
from app.storage.database import FILE_NAME
from app.storage.work import Work
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import HandedOver, Short, hand_over, hand_over_together
from app.usecases.outbox import pending_events, settle
from app.usecases.photos import KEPT, ROOM_FOR_PHOTOS, WaitingPhoto, forget_photos, next_photo, photo_sent
from app.usecases.revoke import revoke
from tests.conftest import ExpectLog
from tests.core.till import NOON, Till, order
from tests.photos import jpeg

SHORT = [Short(1001, 1, "broken")]


def give(till: Till, ready: OrderRecord, attempt: str = "attempt-1", picture: bytes | None = None) -> HandedOver:
    till(grant, GrantRequest(attempt, ready.number, "Li Na", till.code(ready)))
    return till(hand_over, attempt, by="Li Na", short=SHORT, photo=picture)


def announced(till: Till) -> list[str | None]:
    rows = till.sql("SELECT body FROM events WHERE kind = 'handed_over' ORDER BY seq")
    return [json.loads(body).get("photo") for (body,) in rows]


def take_all(till: Till, outcome: str = "applied") -> None:
    """Do what a push does that HQ takes in."""
    till(settle, [Settled(event.id, outcome, "") for event in till(pending_events, 100)])


def waiting(till: Till) -> list[str]:
    """Return whose photos may be sent, each passed over after the other."""
    found: list[WaitingPhoto] = []
    while one := till(next_photo, after=found[-1].seq if found else 0):
        found.append(one)
    return [each.attempt_id for each in found]


# ── which files are photos ─────────────────────────────────────────────────────────────────────────────────


def test_a_camera_s_jpeg_is_a_photo() -> None:
    assert photo.flaw(jpeg(size=(640, 480))) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8", b"\x89PNG\r\n\x1a\n" + bytes(60), b"\xff\xd8\xff\xd9" + bytes(60), jpeg()[:40], b"\xff" * 99],
    ids=["empty", "cut", "png", "nothing in it", "cut in its headers", "filling"],
)
def test_what_has_no_jpegs_headers_is_none(content: bytes) -> None:
    assert photo.flaw(content) is Flaw.NO_JPEG


def test_a_picture_without_a_width_is_none() -> None:
    whole = jpeg()
    at = whole.index(b"\xff\xc0") + 7
    assert photo.flaw(whole[:at] + b"\0\0" + whole[at + 2 :]) is Flaw.NO_JPEG


def test_a_file_beyond_the_limit_is_none() -> None:
    assert photo.flaw(jpeg().ljust(photo.LARGEST, b"\0")) is None
    assert photo.flaw(jpeg().ljust(photo.LARGEST + 1, b"\0")) is Flaw.TOO_LARGE


# ── kept with the hand-over ────────────────────────────────────────────────────────────────────────────────


def test_a_photo_is_kept_with_its_hand_over_and_announced_by_its_digest(till: Till, ready: OrderRecord) -> None:
    done = give(till, ready, picture=jpeg())
    assert not done.photo_dropped
    assert announced(till) == [photo.digest(jpeg())]
    assert till.sql("SELECT attempt_id, order_number, by, jpeg, sent_at FROM photos") == [
        ("attempt-1", ready.number, "Li Na", jpeg(), None)
    ]


def test_a_hand_over_without_a_photo_announces_none(till: Till, ready: OrderRecord) -> None:
    give(till, ready)
    assert (announced(till), till.sql("SELECT count(*) FROM photos")) == ([None], [(0,)])


def test_a_hand_over_that_fails_keeps_no_photo(till: Till, ready: OrderRecord) -> None:
    till(grant, GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)))

    def torn(work: Work) -> None:
        hand_over(work, "attempt-1", by="Li Na", short=SHORT, photo=jpeg())
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        till(torn)
    assert till.sql("SELECT count(*) FROM photos") == [(0,)]


def test_a_repeated_hand_over_keeps_the_first_photo(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg(1))
    again = till(hand_over, "attempt-1", by="Li Na", short=SHORT, photo=jpeg(2))
    assert not again.photo_dropped
    assert till.sql("SELECT jpeg FROM photos") == [(jpeg(1),)]


@pytest.mark.parametrize(("content", "said"), [(b"GIF89a", "no_jpeg"), (jpeg().ljust(400_000, b"\0"), "too_large")])
def test_a_file_that_is_no_photo_is_left_out_and_the_hand_over_stands(
    till: Till, ready: OrderRecord, expect_log: ExpectLog, content: bytes, said: str
) -> None:
    expect_log(f"the photo of hand-over attempt-1 was dropped: {said}")
    assert give(till, ready, picture=content).photo_dropped
    assert (till.status(ready.number), announced(till)) == ("completed", [None])


def test_a_nearly_full_disk_costs_the_photo_before_it_costs_a_claim(
    till: Till, ready: OrderRecord, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("was dropped: disk_full")
    monkeypatch.setattr(type(till.storage), "_free_bytes", ROOM_FOR_PHOTOS - 1)
    assert give(till, ready, picture=jpeg()).photo_dropped
    assert (till.status(ready.number), announced(till)) == ("completed", [None])


def test_a_disk_that_has_no_room_for_the_photo_still_takes_the_hand_over(
    till: Till, ready: OrderRecord, expect_log: ExpectLog
) -> None:
    expect_log("was dropped: disk_full")
    till(grant, GrantRequest("attempt-1", ready.number, "Li Na", till.code(ready)))
    (pages,) = till.sql("PRAGMA page_count")[0]
    till.sql(f"PRAGMA max_page_count = {pages + 20}")
    large = jpeg(size=(640, 480))
    assert till(hand_over, "attempt-1", by="Li Na", short=SHORT, photo=large).photo_dropped
    assert (till.status(ready.number), announced(till)) == ("completed", [None])
    with pytest.raises(DiskFull):
        till(lambda work: work.set_meta("large", "x" * 10**6))


def test_a_hand_over_taken_back_keeps_its_photo(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    till(revoke, ready.number, manager="Wang", reason="wrong bag", by="Li Na")
    take_all(till)
    assert till.sql("SELECT jpeg FROM photos") == [(jpeg(),)]
    assert waiting(till) == ["attempt-1"]


def test_orders_handed_over_together_have_no_photo(till: Till, ready: OrderRecord) -> None:
    other = order(ready.number + 1, status=Status.PREPARED, prepared_at=NOON)
    till.feed(other)
    for attempt, each in (("attempt-1", ready), ("attempt-2", other)):
        till(grant, GrantRequest(attempt, each.number, "Li Na", till.code(each)))
    till(hand_over_together, ["attempt-1", "attempt-2"], by="Li Na")
    assert announced(till) == [None, None]


# ── sent when nothing else waits ───────────────────────────────────────────────────────────────────────────


def test_a_photo_waits_until_hq_has_its_hand_over(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    assert waiting(till) == []
    take_all(till)
    found = till(next_photo)
    assert found is not None
    assert (found.attempt_id, found.order_number, found.jpeg) == ("attempt-1", ready.number, jpeg())


def test_a_photo_waits_while_anything_else_does(till: Till, ready: OrderRecord) -> None:
    other = order(ready.number + 1, status=Status.PREPARED, prepared_at=NOON)
    till.feed(other)
    give(till, ready, picture=jpeg())
    take_all(till)
    give(till, other, "attempt-2")
    assert waiting(till) == []
    take_all(till)
    assert waiting(till) == ["attempt-1"]


def test_a_photo_stays_behind_with_a_hand_over_that_hq_set_aside(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    take_all(till, "quarantined")
    assert waiting(till) == []


def test_photos_go_in_the_order_of_their_hand_overs_and_one_that_waits_is_passed_over(
    till: Till, ready: OrderRecord
) -> None:
    other = order(ready.number + 1, status=Status.PREPARED, prepared_at=NOON)
    till.feed(other)
    give(till, ready, picture=jpeg(1))
    give(till, other, "attempt-2", jpeg(2))
    take_all(till)
    assert waiting(till) == ["attempt-1", "attempt-2"]


def test_a_photo_that_hq_has_goes_and_that_there_was_one_stays_known(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    take_all(till)
    till.clock.forward(timedelta(minutes=3))
    till(photo_sent, "attempt-1")
    assert waiting(till) == []
    assert till.sql("SELECT jpeg, sent_at - at FROM photos") == [(None, 180_000)]


def test_a_photo_that_nobody_took_for_long_goes_as_it_would_at_hq(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    take_all(till)
    till.clock.forward(KEPT)
    till(forget_photos)
    assert waiting(till) == ["attempt-1"]
    till.clock.forward(timedelta(seconds=1))
    till(forget_photos)
    assert waiting(till) == []


# ── the file ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_photo_survives_a_crash(till: Till, ready: OrderRecord) -> None:
    give(till, ready, picture=jpeg())
    till.reopen()
    take_all(till)
    till.reopen()
    assert waiting(till) == ["attempt-1"]


def test_a_photo_is_in_the_backup_and_not_in_the_journal(till: Till, ready: OrderRecord) -> None:
    picture = jpeg()
    give(till, ready, picture=picture)
    made = backup.back_up(till.folder / FILE_NAME, NOON)
    assert picture[:200] in made.read_bytes()
    assert picture[:200] not in (till.folder / mirror.FILE_NAME).read_bytes()
    assert photo.digest(picture) in (till.folder / mirror.FILE_NAME).read_text()
