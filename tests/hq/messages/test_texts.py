"""The words: every kind in both languages, nothing left unfilled, nothing longer than a provider takes."""

from __future__ import annotations

import re

import pytest

from hq.messages import texts
from hq.messages.kinds import FOR_OPERATORS, Kind

EVERY = [(kind, language) for kind in Kind for language in texts.LANGUAGES]
FOR_CUSTOMERS = [(kind, language) for kind, language in EVERY if kind not in FOR_OPERATORS]
SITE = "https://shop.example"


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_each_kind_has_words_that_the_sample_facts_fill(kind: Kind, language: str) -> None:
    told = texts.preview(kind, language, texts.SAMPLES[language], SITE)
    assert told.title
    assert told.text
    assert not re.search(r"[{}—]", told.title + told.text)


@pytest.mark.parametrize(("kind", "language"), FOR_CUSTOMERS)
def test_an_sms_is_short(kind: Kind, language: str) -> None:
    told = texts.sms(kind, language, texts.SAMPLES[language], SITE)
    assert told
    assert not re.search(r"[{}—]", told.text)
    assert len(told.text) <= (70 if language == "zh" else 140)


def test_chinese_and_english_sms_take_the_same_variables_from_the_facts() -> None:
    for kind in set(Kind) - FOR_OPERATORS:
        told = texts.sms(kind, "zh", texts.SAMPLES["zh"])
        assert told
        assert {name for name, _ in told.values} <= texts.SAMPLES["zh"].keys()


@pytest.mark.parametrize(("kind", "language"), FOR_CUSTOMERS)
def test_fields_of_the_mini_program_keep_wechats_limits(kind: Kind, language: str) -> None:
    facts = {**texts.SAMPLES[language], "items": "草莓蛋糕" * 20, "address": "人民路" * 20, "label": "#" + "9" * 40}
    fields = texts.mini_fields(kind, language, facts)
    limits = {"thing": 20, "character_string": 32, "amount": 11}
    assert fields
    for name, value in fields.items():
        assert 0 < len(value) <= limits[name.rstrip("0123456789")]
    assert fields["character_string1"].endswith("9…")


def said(kind: Kind, language: str) -> tuple[str, str]:
    facts = texts.SAMPLES[language]
    sms = texts.sms(kind, language, facts, SITE)
    return texts.preview(kind, language, facts, SITE).text, sms.text if sms else ""


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_paid_says_when_and_where(language: str) -> None:
    for words in said(Kind.PAID, language):
        assert all(str(texts.SAMPLES[language][name]) in words for name in ("window", "store", "address"))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_shortage_carries_the_link_to_the_alternatives(language: str) -> None:
    for words in said(Kind.SHORTAGE, language):
        assert f"{SITE}/o/4821" in words


def test_a_missing_fact_and_an_empty_one_are_shown_as_unknown() -> None:
    facts = {**texts.SAMPLES["zh"], "address": ""}
    del facts["items"]
    fields = texts.mini_fields(Kind.PAID, "zh", facts)
    assert (fields["thing2"], fields["thing5"]) == ("—", "—")


def test_an_amount_in_fen_becomes_yuan_and_one_in_words_stays() -> None:
    assert texts.spelled({"amount": 1_205}, "")["amount"] == "¥12.05"
    assert texts.spelled({"amount": "¥12"}, "")["amount"] == "¥12"


def test_facts_are_never_read_as_a_template() -> None:
    facts = {**texts.SAMPLES["zh"], "items": "{short_code}{0}"}
    assert "{short_code}{0}" in texts.preview(Kind.PAID, "zh", facts).text


def test_a_language_that_is_not_there_is_chinese() -> None:
    assert texts.preview(Kind.THANKS, "fr", texts.SAMPLES["zh"]) == texts.preview(
        Kind.THANKS, "zh", texts.SAMPLES["zh"]
    )
