"""Migrations: from every released revision to the newest with the data intact, on both databases."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Column, Connection, DateTime, LargeBinary, MetaData, insert, text

from app.errors import DataTooNew, NeedsAttention
from hq import db, stores
from hq.counters import feed, keys
from hq.goods import catalogue
from hq.office import Office
from hq.ordering import book
from hq.schema import metadata
from sync.wire import LaterItem
from tests.hq.postgres import Cluster
from tests.hq.server import settings_in
from tests.hq.town import START, HandClock

FOLDER = Path(db.__file__).parent / "migrations"
KEPT = Path(__file__).parent / "data" / "revision_0001"
ROWS: dict[str, list[dict[str, Any]]] = json.loads((KEPT / "rows.json").read_text("utf-8"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[db.Database]:
    url = f"sqlite:///{tmp_path / 'hq.sqlite3'}"
    if request.param == "postgresql":
        one: Cluster = request.getfixturevalue("postgres")
        url = one.empty_database()
    database = db.connect(url)
    yield database
    database.close()


def upgrade(database: db.Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.writer.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def fill(database: db.Database) -> None:
    """Put the kept rows of an HQ of the first release in; its tables are as this database describes them."""
    with database.writer.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        for name, kept in ROWS.items():
            table = tables.tables[name]
            connection.execute(insert(table), [{at: _value(table.c[at], row[at]) for at in row} for row in kept])


def _value(column: Column[Any], kept: Any) -> Any:
    match column.type:
        case DateTime() if kept:
            return datetime.fromisoformat(kept).replace(tzinfo=UTC)
        case LargeBinary():
            return bytes.fromhex(kept)
        case Boolean():
            return bool(kept)
        case _:
            return kept


def standing(database: db.Database) -> dict[str, list[dict[str, Any]]]:
    """Return what stands in the columns that the first release had, as the file keeps it."""
    with database.reader.connect() as connection:
        return {name: _standing(connection, name, list(kept[0])) for name, kept in ROWS.items()}


def _standing(connection: Connection, table: str, names: list[str]) -> list[dict[str, Any]]:
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(text(f"SELECT {columns} FROM {table}")).all()
    return sorted(({at: _kept(value) for at, value in zip(names, row, strict=True)} for row in rows), key=repr)


def _kept(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        case bytes() | memoryview():
            return bytes(value).hex()
        case bool():
            return int(value)
        case _:
            return value


def test_data_of_the_first_release_comes_through_unharmed(empty: db.Database) -> None:
    upgrade(empty, "0001")
    fill(empty)
    db.migrate(empty)
    now = standing(empty)
    before = {f"{row['store_id']}/{row['kind']}/{row['key']}": json.loads(row["body"]) for row in ROWS["feed"]}
    for row in now["feed"]:
        body = json.loads(row["body"])
        was = before[f"{row['store_id']}/{row['kind']}/{row['key']}"]
        # What stands in the feeds learnt new fields, in its place and under its number.
        assert body.keys() - was.keys() <= {"customer_key"}
        row["body"] = json.dumps({name: body[name] for name in was}, ensure_ascii=False, separators=(",", ":"))
    now["feed"].sort(key=repr)
    assert now == {name: sorted(kept, key=repr) for name, kept in ROWS.items()}


def test_what_stands_in_the_feeds_is_what_would_be_published_today(empty: db.Database, tmp_path: Path) -> None:
    upgrade(empty, "0001")
    fill(empty)
    upgrade(empty, "0003")
    with empty.writer.begin() as connection:
        connection.execute(text("UPDATE stores SET capacity = 9"))
        connection.execute(text("UPDATE products SET barcode = '6901234567892'"))
    shutil.copy(KEPT / "secrets.json", tmp_path)
    office = Office.open(settings_in(tmp_path, empty.writer.url.render_as_string(hide_password=False)), HandClock())
    with office.database.reader.connect() as conn:
        store = stores.all_stores(conn)[0]
        page = feed.page(conn, store.id, after=0, generation="").message(START)
        items = {
            (row.item.kind, feed.key_of(row.item)): row.item for row in page.rows if not isinstance(row.item, LaterItem)
        }
        orders = [order for order in book.of_store(conn, store.id, before=2**62, limit=100) if book.is_told(order)]
        products = catalogue.all_products(conn)
        told = [book.item(order, book.lines(conn, order)) for order in orders]
    office.close()
    assert items["store", ""] == store.item
    assert [items["product", str(each.number)] for each in products] == [each.item for each in products]
    assert [items["order", str(each.number)] for each in told] == told
    key = {order.number: book.customer_key(store.lookup_key, order.customer_phone) for order in orders}
    opened = [order for order in orders if order.status not in {"completed", "cancelled"}]
    assert opened
    assert [order.customer_key for order in opened] == [key[order.number] for order in opened]


def test_an_hq_of_the_first_release_goes_on_where_it_was(empty: db.Database, tmp_path: Path) -> None:
    upgrade(empty, "0001")
    fill(empty)
    shutil.copy(KEPT / "secrets.json", tmp_path)
    office = Office.open(settings_in(tmp_path, empty.writer.url.render_as_string(hide_password=False)), HandClock())
    page = office.read(lambda conn: feed.page(conn, ROWS["stores"][0]["id"], after=0, generation=""))
    signer = office.read(lambda conn: keys.signer(conn, office.vault, office.now()))
    office.close()
    assert len(page.message(START).rows) == sum(row["store_id"] == ROWS["stores"][0]["id"] for row in ROWS["feed"])
    assert signer.key_id == 1


def test_migrating_twice_changes_nothing(empty: db.Database) -> None:
    db.migrate(empty)
    db.migrate(empty)
    with empty.reader.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest()


def test_the_migrations_make_the_schema_that_the_code_speaks_of(empty: db.Database) -> None:
    db.migrate(empty)
    with empty.reader.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_data_of_a_newer_release_is_refused_in_words(empty: db.Database) -> None:
    db.migrate(empty)
    with empty.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DataTooNew, match="written by a newer release"):
        db.migrate(empty)


def test_somebody_elses_tables_are_left_alone(empty: db.Database) -> None:
    with empty.writer.begin() as connection:
        connection.execute(text("CREATE TABLE incidents (x INTEGER)"))
    with pytest.raises(NeedsAttention, match="holds tables of something else"):
        db.migrate(empty)
    with empty.reader.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() is None


@pytest.mark.parametrize("url", ["mysql://db/ziti", "postgresql+asyncpg://db/ziti", "what?", "postgresql://h:x/db"])
def test_a_database_that_hq_cannot_use_is_said_in_words(url: str) -> None:
    with pytest.raises(NeedsAttention, match="must begin with postgresql:// or sqlite:///"):
        db.connect(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_postgresql_goes_by_all_its_names(scheme: str) -> None:
    database = db.connect(f"{scheme}://db/ziti")
    assert database.writer.dialect.driver == "psycopg"
    assert db.serves_several(f"{scheme}://db/ziti")
    assert not db.serves_several("sqlite:///x")


def newest() -> str | None:
    return ScriptDirectory(str(FOLDER)).get_current_head()
