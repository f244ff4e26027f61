"""Both languages say everything, and a switch reaches what is on screen."""

from __future__ import annotations

import ast
import re

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from tests.ui import translations
from ui.i18n import Language, TsTranslator

translate = QCoreApplication.translate


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_string_is_missing(language: str) -> None:
    assert not [f"{each.context}: {each.source}" for each in translations.missing(language)]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_string_is_left_over(language: str) -> None:
    assert not set(translations.read(language)) - {each.key for each in translations.messages()}


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_placeholders_survive_translation(language: str) -> None:
    for (_context, source, _comment), forms in translations.read(language).items():
        for form in forms:
            places = set(re.findall(r"%[\dn]", form))
            assert places == set(re.findall(r"%[\dn]", source)) or (places < {"%n"} and "%n" in source), source


def test_the_reader_of_sources_sees_calls_that_lupdate_skips() -> None:
    tree = ast.parse('class A:\n def f(self): return self.tr("x", "", len(y))\ntranslate("c", "%n z", "", int(n))')
    found = {(each.context, each.source, each.numerus) for each in translations._of_file(tree)}
    assert found == {("A", "x", True), ("c", "%n z", True)}


def test_one_and_many_have_their_own_words() -> None:
    english = TsTranslator("en")
    assert english.translate("words", "%n piece(s)", "", 1) == "%n piece"
    assert english.translate("words", "%n piece(s)", "", 3) == "%n pieces"


def test_an_unknown_string_is_left_to_qt() -> None:
    assert TsTranslator("zh_CN").translate("words", "no such string") is None


def test_a_switch_of_language_is_heard_at_once(qapp: QApplication) -> None:
    language = Language(qapp)
    language.speak("zh_CN")
    assert translate("words", "today") == "今天"
    language.speak("en")
    assert translate("words", "today") == "today"


def test_an_unknown_language_changes_nothing(qapp: QApplication) -> None:
    language = Language(qapp)
    language.speak("en")
    language.speak("tlh")
    assert language.name == "en"
