"""An operator of HQ, who speaks to it over HTTP with its token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import requests

from app.errors import Refused, TransportFailure

_ANSWER_SECONDS = 20.0


class HqRefused(Refused):
    """HQ answered an operator with a refusal; `detail` is its sentence."""

    def __init__(self, what: str, status: int, text: str) -> None:
        super().__init__(f"{what}: HTTP {status} {text[:300]}")
        self.status = status
        self.detail = text[:300]


class HqAway(TransportFailure):
    """HQ did not answer."""


class Operator:
    """Speaks HQ's operator API; used by one thread at a time."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        """Let the connection go."""
        self.session.close()

    def put(self, path: str, body: Mapping[str, Any]) -> Any:
        """PUT and return the answer's JSON; raise `HqRefused` for anything but success."""
        return self._json("PUT", path, body)

    def get(self, path: str) -> Any:
        """GET likewise."""
        return self._json("GET", path)

    def post(self, path: str, body: Mapping[str, Any] | None = None, *, key: str = "") -> Any:
        """POST likewise; `key` is the client's idempotency key."""
        return self._json("POST", path, body or {}, {"Idempotency-Key": key} if key else {})

    def upload(self, path: str, content: bytes, *, name: str, **params: Any) -> Any:
        """POST a file and return the answer's JSON; raise as the others do."""
        headers = {"X-File-Name": quote(name), "Content-Type": "application/octet-stream"}
        return self._ask("POST", path, data=content, headers=headers, params=params)

    def download(self, path: str) -> bytes:
        """GET a file."""
        return self._response("GET", path).content

    def _json(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        return self._ask(method, path, json=body, headers=headers)

    def _ask(self, method: str, path: str, **sent: Any) -> Any:
        response = self._response(method, path, **sent)
        return response.json() if response.content else None

    def _response(self, method: str, path: str, **sent: Any) -> requests.Response:
        try:
            response = self.session.request(
                method, self._url + path, timeout=_ANSWER_SECONDS, allow_redirects=False, **sent
            )
        except requests.RequestException as error:
            raise HqAway(f"{method} {path}: {error}") from error
        if not response.ok:
            raise HqRefused(f"{method} {path}", response.status_code, _detail(response))
        return response


def _detail(response: requests.Response) -> str:
    try:
        return str(response.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return response.text
