"""Customers of the storefront: an id that their browser or mini-program keeps, signed so that nobody makes one up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from hq import signed
from hq.schema import customers
from hq.vault import Vault
from hq.work import Work

_BY_ID = select(customers).where(customers.c.id == bindparam("id"))
_BYTES = 16
_PURPOSE = "customer"


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer; `consents` is JSON: channels that were agreed to."""

    id: str
    name: str
    phone: str
    language: str
    openid: str
    wecom_id: str
    consents: str
    created_at: datetime


def token(vault: Vault, customer_id: str) -> str:
    """Return what the customer's browser keeps."""
    return signed.text(vault.secret(_PURPOSE), UUID(customer_id).bytes)


def id_of(vault: Vault, text: str) -> str | None:
    """Return the customer that a token stands for, or `None` when HQ did not make it."""
    plain = signed.plain(vault.secret(_PURPOSE), text, _BYTES)
    return None if plain is None else str(UUID(bytes=plain))


def find(conn: Connection, customer_id: str) -> Customer | None:
    """Return what is known of a customer; nothing before the first order."""
    row = conn.execute(_BY_ID, {"id": customer_id}).first()
    return Customer(*row) if row else None


def remember(
    work: Work, customer_id: str, *, name: str, phone: str, language: str, consents: Mapping[str, Any], openid: str = ""
) -> None:
    """Keep what a customer entered with an order, for the next one."""
    values = {"name": name, "phone": phone, "language": language, "consents": json.dumps(consents, sort_keys=True)}
    if openid:
        values["openid"] = openid
    if find(work.conn, customer_id):
        work.conn.execute(update(customers).where(customers.c.id == customer_id).values(**values))
        return
    row = {"id": customer_id, "openid": openid, "wecom_id": "", "created_at": work.now, **values}
    work.conn.execute(insert(customers), row)
