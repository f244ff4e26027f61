"""The house rules that no linter knows: each is a small function with its reason in words, over the syntax tree."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACES = ("app", "sync", "scanner", "ui", "hq", "shop", "demo", "resources", "benchmarks", "tests", "tools", "main.py")
LONGEST_FILE = 500
LONGEST_FUNCTION = 50

Lines = Iterator[int]


@dataclass(frozen=True)
class Source:
    """One Python file: its path from the project's root, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax tree."""
        return list(ast.walk(self.tree))

    @cached_property
    def comments(self) -> dict[int, str]:
        """The comments by line."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return {token.start[0]: token.string for token in tokens if token.type == tokenize.COMMENT}

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call."""
        return (node for node in self.nodes if isinstance(node, ast.Call))

    def imports(self) -> Iterator[tuple[str, int]]:
        """Yield every imported module with its line; of `from a import b` both `a` and `a.b`."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from ((alias.name, node.lineno) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module, node.lineno
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

    def strings(self) -> Iterator[tuple[str, int]]:
        """Yield every string literal with its line."""
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, node.lineno


@dataclass(frozen=True)
class Rule:
    """A rule: where it holds (path beginnings), what finds a breach, and why it is one."""

    name: str
    why: str
    where: tuple[str, ...]
    find: Callable[[Source], Lines]
    but_not: tuple[str, ...] = ()

    def breaches(self, source: Source) -> list[str]:
        """Return one line of text per breach."""
        if not source.path.startswith(self.where) or source.path.startswith(self.but_not or ("\0",)):
            return []
        return [f"{source.path}:{line}: {self.name}: {self.why}" for line in self.find(source)]


def _name(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _silent_inserts(source: Source) -> Lines:
    for call in source.calls():
        for keyword in call.keywords:
            on = isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            if on and keyword.arg in {"replace", "ignore", "alter"}:
                yield call.lineno
    for text, line in source.strings():
        if re.search(r"\b(INSERT|UPDATE)\s+OR\s+(REPLACE|IGNORE)\b|\bREPLACE\s+INTO\b", text, re.IGNORECASE):
            yield line


def _atomic_calls(source: Source) -> Lines:
    return (call.lineno for call in source.calls() if _name(call.func) == "atomic")


_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(rgba?|hsla?)\(")


def _colours(source: Source) -> Lines:
    for text, line in source.strings():
        if _COLOUR.search(text):
            yield line
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and _name(node.value) == "GlobalColor" and node.attr != "transparent":
            yield node.lineno
    for call in source.calls():
        if _name(call.func) == "QColor" and any(isinstance(argument, ast.Constant) for argument in call.args):
            yield call.lineno


def _is_broad(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(each is None or _name(each) in {"Exception", "BaseException"} for each in caught)


def _broad_excepts(source: Source) -> Lines:
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler) or not _is_broad(node):
            continue
        passes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        near = (source.comments.get(line, "") for line in range(node.lineno, node.body[0].lineno + 1))
        if not passes_on and not any(re.sub(r"#\s*noqa(:\s*[A-Z0-9, ]+)?|[#\s-]", "", comment) for comment in near):
            yield node.lineno


def _lambdas_on_signals(source: Source) -> Lines:
    for call in source.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr == "connect":
            for argument in call.args:
                partial = isinstance(argument, ast.Call) and _name(argument.func) == "partial"
                if partial or isinstance(argument, ast.Lambda):
                    yield argument.lineno


def _long_file(source: Source) -> Lines:
    if source.text.count("\n") > LONGEST_FILE:
        yield LONGEST_FILE


def _long_functions(source: Source) -> Lines:
    for node in source.nodes:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION:
            yield node.lineno


def _no_docstring(source: Source) -> Lines:
    if not ast.get_docstring(source.tree):
        yield 1


def _empty_names(source: Source) -> Lines:
    if re.search(r"(^|/)(utils?|helpers?|managers?|base|common|misc)(\.py$|/)", source.path):
        yield 1


def _qt_imports(source: Source) -> Lines:
    return iter(sorted({line for module, line in source.imports() if module.split(".")[0] == "PySide6"}))


def _opencv_imports(source: Source) -> Lines:
    return iter(sorted({line for module, line in source.imports() if module.split(".")[0] == "cv2"}))


def _other_screens(source: Source) -> Lines:
    _, own, *inside = source.path.split("/")
    others = {folder.name for folder in (ROOT / "ui").iterdir() if folder.is_dir()} - {own}
    if inside:
        found = {
            line for module, line in source.imports() if module.split(".")[:2] in [["ui", name] for name in others]
        }
        yield from sorted(found)


def _opencv_windows(source: Source) -> Lines:
    names = {"imshow", "namedWindow", "waitKey", "destroyAllWindows"}
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and node.attr in names and _name(node.value) == "cv2":
            yield node.lineno


def _promises(source: Source) -> Lines:
    for line, comment in source.comments.items():
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", comment) or re.search(r"\bWORKAROUND\b(?!\()", comment):
            yield line


MONEY_PATH = ("app/storage/", "app/usecases/")
RULES = (
    Rule(
        "silent insert",
        "replace/ignore deletes or hides the first redemption, alter makes a table of a typing error; plain INSERT",
        MONEY_PATH,
        _silent_inserts,
    ),
    Rule("atomic", "sqlite-utils begins a deferred transaction: BUSY at once; use Work", ("app/",), _atomic_calls),
    Rule(
        "colour",
        "colours are tokens of ui/theme, so that dark mode and contrast hold",
        ("ui/",),
        _colours,
        ("ui/theme",),
    ),
    Rule(
        "broad except",
        "swallows mistakes; catch what you can act on, or say in a comment here why this is an edge",
        ("",),
        _broad_excepts,
    ),
    Rule(
        "lambda on a signal",
        "it runs in the thread that emits; connect a @Slot method of a QObject",
        ("ui/",),
        _lambdas_on_signals,
    ),
    Rule("long file", f"more than {LONGEST_FILE} lines are two rooms", ("",), _long_file),
    Rule("long function", f"more than {LONGEST_FUNCTION} lines are several verbs", ("",), _long_functions),
    Rule("no docstring", "every module says in one sentence what it is for", ("",), _no_docstring),
    Rule("empty name", "the name says nothing about what is inside; name the noun", ("",), _empty_names),
    Rule(
        "Qt outside ui",
        "only ui knows Qt",
        ("",),
        _qt_imports,
        ("ui/", "demo/", "tests/", "benchmarks/", "tools/icon.py"),
    ),
    Rule("screen to screen", "screens meet in Changes and ui/frame, never in each other", ("ui/",), _other_screens),
    Rule("OpenCV window", "OpenCV's windows bring a second event loop; ui shows frames", ("",), _opencv_windows),
    Rule(
        "OpenCV past its door",
        "its limits count only if scanner.vision is the first to import it; from scanner.vision import cv2",
        ("",),
        _opencv_imports,
        ("scanner/vision.py",),
    ),
    Rule("promise", "an issue is the place for plans; a temporary thing is WORKAROUND(link)", ("",), _promises),
)


def breaches(source: Source) -> list[str]:
    """Return every breach of every rule in one file."""
    return [line for rule in RULES for line in rule.breaches(source)]


def sources(root: Path) -> Iterator[Source]:
    """Yield the project's Python files."""
    for place in PLACES:
        found = sorted((root / place).rglob("*.py")) if (root / place).is_dir() else [root / place]
        for path in found:
            if path.exists():
                yield Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))


def main() -> int:
    """Print every breach; 1 if there is any."""
    found = [line for source in sources(ROOT) for line in breaches(source)]
    print("\n".join(found) or "house rules: all kept")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
