"""A code passes once for each time it is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scanner.camera.confirm import Confirmer


def test_a_text_passes_with_its_first_frame() -> None:
    assert Confirmer().see("4821", at=10.0)


def test_a_text_that_stays_in_view_passes_no_second_time() -> None:
    gate = Confirmer()
    gate.see("4821", at=0.0)

    assert not any(gate.see("4821", at=step / 10) for step in range(1, 100))


def test_a_text_passes_again_after_it_was_out_of_view() -> None:
    gate = Confirmer()
    gate.see("4821", at=0.0)

    assert not gate.see("4821", at=2.4)
    assert gate.see("4821", at=2.4 + 2.5)


def test_an_acknowledged_text_passes_again_at_once() -> None:
    gate = Confirmer()
    gate.see("4821", at=0.0)

    gate.acknowledge("4821")

    assert gate.see("4821", at=0.1)


def test_acknowledging_what_was_never_seen_is_harmless() -> None:
    gate = Confirmer()

    gate.acknowledge("4821")

    assert gate.see("4821", at=0.0)


def test_two_codes_in_view_do_not_disturb_each_other() -> None:
    gate = Confirmer()
    gate.see("4821", at=0.0)

    assert gate.see("0937", at=0.1)
    assert not gate.see("4821", at=0.2)
    assert not gate.see("0937", at=0.3)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.0, 4.0)), max_size=60))
def test_a_text_passes_exactly_when_its_last_sighting_is_long_ago(sightings: list[tuple[str, float]]) -> None:
    gate, now = Confirmer(away=2.5), 0.0
    last: dict[str, float] = {}
    for text, pause in sightings:
        now += pause
        assert gate.see(text, now) == (now - last.get(text, float("-inf")) >= 2.5)
        last[text] = now
