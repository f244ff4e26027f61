"""Keep the `.ts` files in step with the sources: `python -m tests.ui.translations`.

Qt's own lupdate skips a Python call whose last argument is more than a name, and never sees that `translate` has a
plural; so the strings are read from the syntax tree.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "resources" / "translations"
PLURAL_FORMS = {"zh_CN": 1, "en": 2}

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Message:
    """A string of the program: Qt's context, the English text, what tells two alike apart, and whether it counts."""

    context: str
    source: str
    comment: str
    numerus: bool

    @property
    def key(self) -> Key:
        return self.context, self.source, self.comment


def messages() -> list[Message]:
    """Return every string of `ui` that is shown, once, sorted."""
    found = {each for path in (ROOT / "ui").rglob("*.py") for each in _of_file(ast.parse(path.read_text("utf-8")))}
    return sorted(found, key=lambda each: each.key)


def read(language: str) -> dict[Key, list[str]]:
    """Return a file's translations; an unfinished one is empty."""
    found = {}
    for context in ET.parse(TRANSLATIONS / f"ziti_{language}.ts").iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            found[key] = [] if translation.get("type") else forms
    return found


def missing(language: str) -> list[Message]:
    """Return the strings without a translation into every plural form."""
    known = read(language)
    return [each for each in messages() if not _is_complete(each, known.get(each.key, []), language)]


def _is_complete(message: Message, forms: list[str], language: str) -> bool:
    return len(forms) == (PLURAL_FORMS[language] if message.numerus else 1) and all(forms)


def _of_file(tree: ast.AST, context: str = "") -> Iterator[Message]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, context)
        yield from _of_file(node, node.name if isinstance(node, ast.ClassDef) else context)


def _of_call(call: ast.Call, context: str) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in {"tr", "translate"}:
        return
    texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in call.args]
    said = [context, *texts] if name == "tr" else texts
    where, source, comment = (*said, None, None)[:3]
    if isinstance(where, str) and isinstance(source, str):
        yield Message(where, source, comment if isinstance(comment, str) else "", numerus=len(said) > 3)


def _write(language: str) -> None:
    known = read(language)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in messages():
        if message.context not in contexts:
            contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[message.context], "name").text = message.context
        forms = known.get(message.key, [])
        if language == "en" and not message.numerus:
            forms = [message.source]
        _add(contexts[message.context], message, forms, language)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    header = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    (TRANSLATIONS / f"ziti_{language}.ts").write_text(f"{header}{text}\n", "utf-8")


def _add(context: ET.Element, message: Message, forms: list[str], language: str) -> None:
    element = ET.SubElement(context, "message", {"numerus": "yes"} if message.numerus else {})
    ET.SubElement(element, "source").text = message.source
    if message.comment:
        ET.SubElement(element, "comment").text = message.comment
    done = _is_complete(message, forms, language)
    translation = ET.SubElement(element, "translation", {} if done else {"type": "unfinished"})
    if not message.numerus:
        translation.text = forms[0] if forms else ""
        return
    for index in range(PLURAL_FORMS[language]):
        ET.SubElement(translation, "numerusform").text = forms[index] if index < len(forms) else ""


def main() -> int:
    """Update both files and name what a person has to translate."""
    lacking = 0
    for language in PLURAL_FORMS:
        _write(language)
        for message in missing(language):
            lacking += 1
            sys.stdout.write(f"{language}  {message.context}: {message.source}\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
