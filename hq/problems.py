"""Refusals of HQ: a code for programs, a status for HTTP and a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from app.errors import Refused
from sync.wire import Problem


class Rejection(Refused):
    """The request breaks a rule; nothing was written.

    `retry_after` in seconds, when waiting helps; `more` are further members of the problem, JSON by name.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        sentence: str,
        *,
        retry_after: int | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.more = more or {}
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retry_after = retry_after


def invalid(code: str, sentence: str) -> Rejection:
    """Return the refusal of a request that makes no sense."""
    return Rejection(HTTPStatus.UNPROCESSABLE_ENTITY, code, sentence)


def conflict(code: str, sentence: str) -> Rejection:
    """Return the refusal of a request that comes at the wrong moment."""
    return Rejection(HTTPStatus.CONFLICT, code, sentence)


def missing(code: str, sentence: str) -> Rejection:
    """Return the answer for something that HQ does not know."""
    return Rejection(HTTPStatus.NOT_FOUND, code, sentence)


def no_key(longest: int) -> Rejection:
    """Return the refusal of a request that a retry would do twice."""
    said = f"Send an Idempotency-Key of 1 to {longest} characters, so that a retry orders once."
    return Rejection(HTTPStatus.BAD_REQUEST, "idempotency_key", said)


def problem(status: HTTPStatus, code: str, sentence: str) -> Problem:
    """Return the message that carries a refusal over the wire."""
    return Problem(code=code, title=status.phrase, status=status.value, detail=sentence)


def sentence(findings: Sequence[Mapping[str, Any]]) -> str:
    """Return what pydantic found as one sentence, without repeating what was sent."""
    return "; ".join(_finding(found["loc"], found["msg"]) for found in findings[:3])


def _finding(where: Sequence[int | str], message: str) -> str:
    path = ".".join(str(part) for part in where if part not in {"body", "query", "path", "header"})
    return f"{path or 'The request'}: {message}"
