"""The console's door: plain forms to make the first admin, to sign in and to sign out, outside of any websocket."""

from __future__ import annotations

import asyncio
import hmac
import secrets
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, Request
from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hq.console.gate import COOKIE, session_token
from hq.console.words import REFUSALS
from hq.desk import AtDesk, Desk, is_operator_token
from hq.people import audit, operators, passwords, sign_in
from hq.problems import Rejection, invalid
from hq.work import Work

router = APIRouter(prefix="/console")

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"), autoescape=True, trim_blocks=True
)
_FORM = "ziti_form"
_LONGEST = 300
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
# Checking a password fills tens of megabytes: strangers may not ask for many at once.
_AT_ONCE = asyncio.Semaphore(2)
_WRONG = (
    "登录名或密码不正确；连续错误 5 次后，该账号将锁定 15 分钟。",
    "Wrong login or password; after 5 wrong ones in a row the login is locked for 15 minutes.",
)
_OVER = ("登录已失效，请重新登录。", "Your session is over: sign in again.")
_OLD_FORM = ("页面已过期，请重试。", "This form is too old: try again.")


@router.get("/sign-in")
async def page(request: Request, at: AtDesk, lang: str = "", over: str = "") -> Response:
    """Show the form: to sign in, or in a new HQ to make the first admin."""
    if not over and await _is_signed_in(request, at):
        return RedirectResponse("/console/", HTTPStatus.SEE_OTHER)
    language = lang if lang in {"zh", "en"} else request.cookies.get("ziti_language", "zh")
    answer = await _form(request, at, language, _OVER if over else ("", ""))
    if lang:
        answer.set_cookie("ziti_language", language, max_age=365 * 86_400, path="/console", samesite="strict")
    return answer


@router.post("/sign-in")
async def enter(request: Request, at: AtDesk) -> Response:
    """Sign in."""
    told = await _told(request, at, "login", "password")
    if told is None:
        return await _again(request, at, _OLD_FORM)
    address = _address(request)
    try:
        at.sign_in_attempts.check(address)
    except Rejection as refused:
        return await _again(request, at, (REFUSALS[refused.code], refused.sentence), refused.status)
    known = await at.read(lambda conn: operators.find_by_login(conn, told["login"]))
    async with _AT_ONCE:
        right = await run_in_threadpool(passwords.matches, known.password_hash if known else "", told["password"])
    token = await at.write(lambda work: sign_in.settle(work, told["login"], right=right, address=address))
    if token is None:
        at.sign_in_attempts.fail(address)
        return await _again(request, at, _WRONG, HTTPStatus.UNAUTHORIZED)
    return _signed_in(request, at, token)


@router.post("/first")
async def make_first(request: Request, at: AtDesk) -> Response:
    """Make the first admin, for whoever can read HQ's operator token, and sign in."""
    told = await _told(request, at, "token", "login", "name", "password")
    if told is None:
        return await _again(request, at, _OLD_FORM)
    try:
        token = await _first(at, told, _address(request))
    except Rejection as refused:
        return await _again(
            request, at, (REFUSALS.get(refused.code, refused.sentence), refused.sentence), refused.status
        )
    return _signed_in(request, at, token)


@router.post("/sign-out")
async def leave(request: Request, at: AtDesk) -> Response:
    """Sign out; the gate has seen that one of our own pages asks."""
    token = session_token(request)
    await at.write(lambda work: sign_in.end(work, token))
    answer = RedirectResponse("/console/sign-in", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, path="/console", httponly=True, samesite="strict")
    return answer


async def _first(at: Desk, told: dict[str, str], address: str) -> str:
    at.sign_in_attempts.check(address)
    if await at.read(operators.any_exist):
        raise Rejection(HTTPStatus.CONFLICT, "first", "There is an operator already: sign in.")
    if not is_operator_token(at, told["token"].strip()):
        at.sign_in_attempts.fail(address)
        raise invalid("token", "This is not HQ's operator token.")
    hashed = await run_in_threadpool(passwords.hashed, told["password"], told["login"])

    def usecase(work: Work) -> str:
        first = operators.create_first(work, told["login"], told["name"], hashed)
        audit.record(work, first.login, "first_admin", first.login)
        return sign_in.begin(work, first, address)

    return await at.write(usecase)


async def _told(request: Request, at: Desk, *names: str) -> dict[str, str] | None:
    """Return the form's fields, or nothing when it is not one that this browser was given."""
    form = await request.form()
    fields = {name: str(form.get(name, ""))[:_LONGEST] for name in (*names, "form")}
    nonce = request.cookies.get(_FORM, "")
    ours = bool(nonce) and hmac.compare_digest(fields["form"].encode(), _mac(at, nonce).encode())
    return fields if ours else None


def _mac(at: Desk, nonce: str) -> str:
    return hmac.digest(at.office.vault.secret("console-form"), nonce.encode(), "sha256").hex()


async def _is_signed_in(request: Request, at: Desk) -> bool:
    token, now = session_token(request), at.office.now()
    return await at.read(lambda conn: sign_in.find(conn, token, now)) is not None


async def _again(
    request: Request, at: Desk, sentences: tuple[str, str], status: int = HTTPStatus.UNPROCESSABLE_ENTITY
) -> Response:
    return await _form(request, at, request.cookies.get("ziti_language", "zh"), sentences, status)


async def _form(
    request: Request, at: Desk, language: str, sentences: tuple[str, str], status: int = HTTPStatus.OK
) -> Response:
    nonce = request.cookies.get(_FORM) or secrets.token_urlsafe(24)
    english = language == "en"
    text = _TEMPLATES.get_template("console_door.html").render(
        language="en" if english else "zh",
        first=not await at.read(operators.any_exist),
        sentence=sentences[english],
        form=_mac(at, nonce),
        shortest=passwords.SHORTEST,
    )
    answer = HTMLResponse(text, status, {"content-security-policy": _POLICY})
    _set(answer, request, at, _FORM, nonce, max_age=3600)
    return answer


def _signed_in(request: Request, at: Desk, token: str) -> Response:
    answer = RedirectResponse("/console/", HTTPStatus.SEE_OTHER)
    _set(answer, request, at, COOKIE, token, max_age=int(sign_in.LONGEST.total_seconds()))
    return answer


def _set(answer: Response, request: Request, at: Desk, name: str, value: str, *, max_age: int) -> None:
    secure = request.url.scheme == "https" or at.office.settings.public_url.startswith("https:")
    answer.set_cookie(name, value, max_age=max_age, path="/console", secure=secure, httponly=True, samesite="strict")


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
