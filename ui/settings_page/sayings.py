"""What the scanner settings say: a port's state, a test's findings, and how each fault is mended."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.scan_test import Diagnosis, Ending, Problem, Source

translate = QCoreApplication.translate


def port_state(name: str) -> str:
    """Say how a chosen serial scanner stands."""
    said = {
        "ready": translate("settings", "Ready"),
        "missing": translate("settings", "Not plugged in; it is being looked for."),
        "busy": translate("settings", "Another program uses it. Close that program."),
        "denied": translate("settings", "This user may not open it. Ask the administrator (Linux: group dialout)."),
        "lost": translate("settings", "Lost; it is being looked for."),
    }
    return said.get(name, translate("settings", "Is being opened."))


def folder_state(name: str) -> str:
    """Say how the watched folder stands."""
    said = {
        "off": translate(
            "settings", "A phone app or a document camera drops pictures there; each is read once, none is changed."
        ),
        "watching": translate("settings", "New pictures there are read."),
        "missing": translate("settings", "The folder is gone; it is being looked for."),
        "unreadable": translate("settings", "The folder cannot be read; it is tried again."),
        "crowded": translate("settings", "Too many pictures came at once and were left unread; new ones are read."),
    }
    return said.get(name, "")


def headline(found: Diagnosis) -> tuple[str, str]:
    """Return a test's result in one sentence and its tone."""
    if found.source is Source.NOTHING:
        return translate("settings", "Nothing arrived."), "wait"
    if found.source is Source.FINGERS:
        return translate("settings", "That was typed by hand, or by a very slow scanner."), "wait"
    if not found.works:
        return translate("settings", "The code did not arrive as it is."), "no"
    if found.problems:
        return translate("settings", "It works, but could be better."), "wait"
    return translate("settings", "It works."), "yes"


def source(found: Diagnosis) -> str:
    """Name what brought the text."""
    said = {
        Source.NOTHING: "–",
        Source.FINGERS: translate("settings", "Keyboard"),
        Source.WEDGE: translate("settings", "USB scanner that types (keyboard wedge)"),
        Source.SERIAL: translate("settings", "Serial scanner"),
        Source.CAMERA: translate("settings", "Camera"),
    }
    return said[found.source]


def speed(found: Diagnosis) -> str:
    """Say how quickly the characters came."""
    count = translate("settings", "%n character(s)", "", found.characters)
    if not found.per_second:
        return count
    pace = translate("settings", "%1 a second (%2 s in all)")
    return f"{count} · {pace}".replace("%1", f"{found.per_second:.0f}").replace("%2", f"{found.seconds:.1f}")


def pauses(found: Diagnosis) -> str:
    """Say how evenly they came."""
    if not found.mean_gap:
        return "–"
    said = translate("settings", "%1 ms on average, %2 ms at most")
    return said.replace("%1", f"{found.mean_gap * 1000:.0f}").replace("%2", f"{found.longest_gap * 1000:.0f}")


def ending(found: Diagnosis) -> str:
    """Name the key after the text."""
    if found.source in {Source.CAMERA, Source.NOTHING}:
        return "–"
    said = {
        Ending.ENTER: translate("settings", "Enter"),
        Ending.TAB: translate("settings", "Tab"),
        Ending.SILENCE: translate("settings", "None"),
    }
    return said[found.ending]


def problem(name: Problem) -> tuple[str, str]:
    """Return what is wrong and how it is mended."""
    return (_torn() | _respelt())[name]


def _torn() -> dict[Problem, tuple[str, str]]:
    """Return what keeps keys from arriving, or from arriving together."""
    return {
        Problem.INPUT_METHOD: (
            translate("settings", "An input method takes the keys."),
            translate("settings", "Switch the keyboard to English (中/英, usually Shift) and test again."),
        ),
        Problem.DIGITS_LOST: (
            translate("settings", "Digits are lost on the way."),
            translate(
                "settings",
                "Plug the scanner into the computer itself, not into a hub, and set a delay between characters of"
                " 5 to 10 ms with the codes in its manual. Best: set it to serial (USB-COM).",
            ),
        ),
        Problem.DIGITS_ADDED: (
            translate("settings", "Other keys came in between."),
            translate("settings", "Do not type during the test. Otherwise take off the prefix that the scanner adds."),
        ),
        Problem.OTHER_CODE: (
            translate("settings", "This is another code."),
            translate("settings", "Scan the code on this page, from a hand's breadth away."),
        ),
        Problem.TOO_SLOW: (
            translate("settings", "The scanner types too slowly to be told from a person."),
            translate("settings", "Set its delay between characters to none or to 10 ms with the codes in its manual."),
        ),
        Problem.PAUSES: (
            translate("settings", "There is a long pause in the middle, so the scan falls apart."),
            translate(
                "settings",
                "A wireless scanner: go nearer to its base. Otherwise close programs that keep the computer busy, or"
                " set the scanner to serial (USB-COM).",
            ),
        ),
    }


def _respelt() -> dict[Problem, tuple[str, str]]:
    """Return what makes other keys of them, and what is only slower."""
    return {
        Problem.OTHER_LAYOUT: (
            translate("settings", "The keyboard has another layout than the scanner expects."),
            translate("settings", "Set the keyboard to English (US) or Chinese, or the scanner to this layout."),
        ),
        Problem.SHIFTED: (
            translate("settings", "Digits arrive as signs, as if Shift was held."),
            translate("settings", "Take Shift Lock off, or set the keyboard to English (US)."),
        ),
        Problem.FULL_WIDTH: (
            translate("settings", "Digits arrive in full width."),
            translate("settings", "Pickup codes are read all the same. Switch the input method to half width."),
        ),
        Problem.CAPS_LOCK: (
            translate("settings", "Caps Lock is on."),
            translate("settings", "Pickup codes are read all the same; codes with letters are not. Press Caps Lock."),
        ),
        Problem.NO_ENDING: (
            translate("settings", "The scanner sends no Enter after the code."),
            translate("settings", "It works a moment slower. Switch on the suffix Enter (CR) with its manual's codes."),
        ),
    }
