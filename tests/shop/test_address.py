"""Where phones find the shop: addresses as people type them, ports, what is kept of it all."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.small_shop import Draft
from shop import address
from shop.child import Headquarters
from shop.keeper import HERE, NETWORK, Keeper
from shop.papers import Papers
from shop.setting_up import PUBLIC, public_base


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("", ""),
        ("192.168.1.20", "http://192.168.1.20:8710"),
        (" 192.168.1.20:80 ", "http://192.168.1.20:80"),
        ("shop.local/", "http://shop.local:8710"),
        ("https://shop.example.com", "https://shop.example.com"),
        ("https://shop.example.com/deli/", "https://shop.example.com/deli"),
    ],
)
def test_an_address_is_taken_as_it_was_meant(typed: str, base: str) -> None:
    assert address.clean_address(typed, 8710) == base


@pytest.mark.parametrize(
    "typed", ["no address", "ftp://x", "http://", "http://a:99999", "http://u:p@a", "http://a/?b", "[::1"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(address.NotAnAddress):
        address.clean_address(typed, 8710)


def test_this_pc_has_an_address_that_is_not_its_own_loop() -> None:
    found = address.lan_address()
    assert found is None or not ipaddress.ip_address(found).is_loopback


def test_a_taken_port_is_passed_over(taken_port: int) -> None:
    assert address.free_port(taken_port, HERE) not in {taken_port, None}


def test_a_configured_address_goes_before_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert public_base("", 8710, on_network=False) == "http://127.0.0.1:8710"
    assert public_base("http://10.0.0.5:8710", 8710, on_network=True) == "http://10.0.0.5:8710"
    monkeypatch.setenv(PUBLIC, "https://shop.example.com/")
    assert public_base("http://10.0.0.5:8710", 8710, on_network=True) == "https://shop.example.com"


def test_answers_are_kept_and_read_back(tmp_path: Path) -> None:
    draft = Draft(name="阳光", closed=(0, 6), discount_percent=10, on_network=False, page=3)
    Papers(tmp_path).note(draft=draft, port=8711, ready=True)
    facts = Papers(tmp_path).now
    assert (facts.draft, facts.port, facts.ready) == (draft, 8711, True)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"draft": 5}', "\0"])
def test_papers_that_cannot_be_read_are_asked_for_again(
    tmp_path: Path, text: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("asked again")
    (tmp_path / "shop.json").write_text(text, "utf-8")
    assert not Papers(tmp_path).now.ready


def test_answers_of_another_form_are_as_if_not_said() -> None:
    assert Draft.from_json({"name": 5, "closed": [1], "page": True, "surprise": 1}) == Draft(closed=(1,))


def test_closed_days_and_nights_are_opening_hours() -> None:
    hours = Draft(opens="18:00", closes="02:00", closed=(0,)).hours
    assert hours.describe("en") == "Mon closed, Tue–Sun 18:00–02:00"


def _pass(_told: object) -> None:
    """Do nothing about it."""


def test_hq_moves_to_the_network_on_the_same_port_when_told(tmp_path: Path) -> None:
    ready: list[str] = []
    hq = Headquarters(tmp_path / "hq")
    keeper = Keeper(hq, 0, before_start=_pass, on_ready=lambda: ready.append(hq.url), told=_pass)
    keeper.port = address.free_port(8710, NETWORK) or 0
    keeper.start()
    try:
        here = keeper.wait()
        keeper.listen_on(NETWORK)
        assert keeper.wait() == here
        keeper.listen_on(NETWORK)
        assert ready == [here, here]
    finally:
        keeper.stop()


def test_hq_that_cannot_start_is_said_with_its_last_words(tmp_path: Path, expect_log: Callable[[str], None]) -> None:
    expect_log("HQ did not start")
    (tmp_path / "hq").write_text("not a folder")
    told: list[str] = []
    hq = Headquarters(tmp_path / "hq")
    keeper = Keeper(hq, 0, before_start=_pass, on_ready=lambda: None, told=lambda news: told.append(str(news)))
    keeper.port = address.free_port(8710, HERE) or 0
    keeper.start()
    with pytest.raises(Exception, match="HQ did not start"):
        keeper.wait()
    keeper.stop()
    assert told
    assert told[0].startswith("HQ did not start: ")
