"""The scanner's test as the settings see it, and which pictures can be read: loaded when somebody opens them."""

from __future__ import annotations

from scanner.faults import NotATrace
from scanner.folder import SUFFIXES
from scanner.keys.diagnosis import Diagnosis, Problem, Source, diagnose, diagnose_text
from scanner.keys.ports import Port
from scanner.keys.trace import TEST_CODE, Stroke, Trace, as_json, from_json, recorded
from scanner.keys.wedge import Ending

__all__ = [
    "SUFFIXES",
    "TEST_CODE",
    "Diagnosis",
    "Ending",
    "NotATrace",
    "Port",
    "Problem",
    "Source",
    "Stroke",
    "Trace",
    "as_json",
    "diagnose",
    "diagnose_text",
    "from_json",
    "recorded",
]
