"""Photos of what stayed at a hand-over at HQ: announced, taken in once, for its own store alone, let go in the end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from app.domain import photo
from app.domain.events import EventKind
from hq.counters import photos
from hq.counters.photos import KEEP_FOR, PhotoRow
from hq.problems import Rejection
from sync.wire import PROTOCOL_HEADER, Answer, Outcome, Problem
from tests.hq.server import Counter, Mall, Teller, next_store
from tests.hq.town import Town
from tests.photos import jpeg

SHORT = {"product_number": 7, "quantity": 1, "reason": "broken"}


def announcing(content: bytes, **more: Any) -> dict[str, Any]:
    return {"short": [SHORT], "photo": photo.digest(content), **more}


def send(counter: Counter, number: int, content: bytes, attempt: str = "a-1", **options: Any) -> httpx.Response:
    return counter.client.put(f"/v1/terminal/orders/{number}/photos/{attempt}", content=content, **options)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, Problem.model_validate_json(answer.content).code


def standing(town: Town, number: int) -> list[PhotoRow]:
    order = town.order(number)
    return list(town.office.read(lambda conn: photos.of_order(conn, order)))


def taken(town: Town, number: int, attempt: str = "a-1") -> bytes:
    order = town.order(number)
    return town.office.read(lambda conn: photos.picture(conn, order, attempt))


def receive(town: Town, number: int, content: bytes, attempt: str = "a-1") -> None:
    town.office.write(lambda work: photos.receive(work, town.lead, number, attempt, content))


# ── over HTTP ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_photo_is_taken_after_its_hand_over_and_again_changes_nothing(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    counter.hand_over(number, **announcing(jpeg()))
    for _ in range(2):
        answer = send(counter, number, jpeg())
        assert Answer.model_validate_json(answer.raise_for_status().content).ziti == "hq"


def test_another_picture_for_the_same_hand_over_is_refused(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    counter.hand_over(number, **announcing(jpeg(1)))
    assert refusal(send(counter, number, jpeg(2))) == (409, "photo")
    assert send(counter, number, jpeg(1)).is_success
    assert refusal(send(counter, number, jpeg(2))) == (409, "photo")


def test_a_photo_of_a_hand_over_that_hq_has_not_heard_of_may_come_later(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    assert refusal(send(counter, number, jpeg())) == (404, "hand_over")
    counter.hand_over(number, **announcing(jpeg()))
    assert send(counter, number, jpeg()).is_success


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", (422, "no_photo")),
        (b"GIF89a" + bytes(99), (422, "no_photo")),
        (jpeg()[:30], (422, "no_photo")),
        (jpeg().ljust(photo.LARGEST + 1, b"\0"), (413, "photo_too_large")),
        (jpeg().ljust(1_000_001, b"\0"), (413, "too_large")),
    ],
    ids=["empty", "a GIF", "cut", "too large", "larger than any request"],
)
def test_what_is_no_photo_is_refused(mall: Mall, counter: Counter, content: bytes, told: tuple[int, str]) -> None:
    number = mall.place()["number"]
    counter.hand_over(number, **announcing(content))
    assert refusal(send(counter, number, content)) == told


def test_another_stores_terminal_finds_no_such_hand_over(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    counter.hand_over(number, **announcing(jpeg()))
    other = Mall(mall.client, next_store())
    other.open_store()
    stranger = other.enrol()
    assert refusal(send(stranger, number, jpeg())) == (404, "hand_over")
    other.close()


def test_nobody_but_a_terminal_sends_photos(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    for token in ("", "Bearer nonsense"):
        answer = send(counter, number, jpeg(), headers={"Authorization": token})
        assert refusal(answer) == (401, "terminal")


def test_a_terminal_of_the_oldest_protocol_may_send_one_and_of_a_later_one_not(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    counter.hand_over(number, **announcing(jpeg()))
    assert send(counter, number, jpeg(), headers={PROTOCOL_HEADER: "1"}).is_success
    assert refusal(send(counter, number, jpeg(), headers={PROTOCOL_HEADER: "99"})) == (426, "protocol")


def test_the_same_photo_from_many_at_once_is_taken_once(mall: Mall, counter: Counter) -> None:
    number = mall.place()["number"]
    # Not announced: each of them finds nothing there yet.
    counter.hand_over(number, short=[SHORT])
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: send(counter, number, jpeg()).status_code, range(8)))
    assert answers == [200] * 8


# ── in HQ's books ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_announced_photo_is_on_its_way_until_it_is_here(town: Town) -> None:
    number = town.place().row.number
    town.push(town.lead, Teller().hand_over(number, **announcing(jpeg())))
    (row,) = standing(town, number)
    assert (row.attempt_id, row.is_here, row.received_at) == ("a-1", False, None)
    with pytest.raises(Rejection, match="no photo"):
        taken(town, number)
    receive(town, number, jpeg())
    (row,) = standing(town, number)
    assert (row.is_here, row.received_at) == (True, town.clock.now())
    assert taken(town, number) == jpeg()


def test_two_hand_overs_in_one_batch_have_each_their_own_photo(town: Town) -> None:
    one, other = (town.place().row.number for _ in range(2))
    teller = Teller()
    told = [teller.hand_over(one, "a", **announcing(jpeg(1))), teller.hand_over(other, "b", **announcing(jpeg(2)))]
    assert town.outcomes(town.lead, *told) == [Outcome.APPLIED, Outcome.APPLIED]
    receive(town, one, jpeg(1), "a")
    receive(town, other, jpeg(2), "b")
    assert (taken(town, one, "a"), taken(town, other, "b")) == (jpeg(1), jpeg(2))


def test_a_photo_is_announced_among_plain_hand_overs_too(town: Town) -> None:
    numbers = [town.place().row.number for _ in range(3)]
    teller = Teller()
    more: list[dict[str, Any]] = [{}, {"photo": photo.digest(jpeg())}, {}]
    told = [teller.hand_over(number, f"a-{number}", **each) for number, each in zip(numbers, more, strict=True)]
    assert town.outcomes(town.lead, *told) == [Outcome.APPLIED] * 3
    assert [len(standing(town, number)) for number in numbers] == [0, 1, 0]


def test_a_hand_over_told_twice_announces_once(town: Town) -> None:
    number = town.place().row.number
    teller = Teller()
    for _ in range(2):
        town.push(town.lead, teller.hand_over(number, **announcing(jpeg())))
    assert len(standing(town, number)) == 1


def test_a_hand_over_that_an_older_hq_took_in_may_have_its_photo(town: Town) -> None:
    number = town.place().row.number
    town.push(town.lead, Teller().hand_over(number, short=[SHORT]))
    receive(town, number, jpeg(1))
    assert taken(town, number) == jpeg(1)
    with pytest.raises(Rejection, match="not the photo"):
        receive(town, number, jpeg(2))


def test_a_hand_over_of_an_order_that_hq_does_not_know_has_its_photo(town: Town) -> None:
    assert town.outcomes(town.lead, Teller().hand_over(404, **announcing(jpeg()))) == [Outcome.CONFLICT]
    receive(town, 404, jpeg())


def test_a_hand_over_taken_back_keeps_its_photo(town: Town) -> None:
    number, teller = town.place().row.number, Teller()
    town.push(town.lead, teller.hand_over(number, **announcing(jpeg())))
    town.push(town.lead, teller.tell(EventKind.HAND_OVER_REVOKED, number, attempt_id="a-1"))
    receive(town, number, jpeg())
    assert taken(town, number) == jpeg()


def test_a_photo_is_let_go_after_its_time_and_that_it_was_here_stays_known(town: Town) -> None:
    number = town.place().row.number
    town.push(town.lead, Teller().hand_over(number, **announcing(jpeg())))
    receive(town, number, jpeg())
    came = town.clock.now()
    town.clock.at += KEEP_FOR
    assert photos.forget_due(town.office) == 0
    town.clock.at += timedelta(seconds=1)
    assert photos.forget_due(town.office) == 1
    (row,) = standing(town, number)
    assert (row.is_here, row.received_at) == (False, came)
    # Sent once more, it does not come back.
    receive(town, number, jpeg())
    assert photos.forget_due(town.office) == 0
    with pytest.raises(Rejection, match="no photo"):
        taken(town, number)


def test_an_announcement_of_another_form_costs_the_hand_over_nothing_else(town: Town) -> None:
    number = town.place().row.number
    assert town.outcomes(town.lead, Teller().hand_over(number, photo="of a later release")) == [Outcome.APPLIED]
    with pytest.raises(Rejection, match="not the photo"):
        receive(town, number, jpeg())
