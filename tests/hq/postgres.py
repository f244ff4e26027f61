"""A private PostgreSQL of Debian's package in a temporary folder, which ends with whoever started it."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from hq import db
from hq.schema import metadata
from tests.programs import needed

_TEMPLATE = "ziti_template"
_USER = "ziti"
# However the tests end, also by SIGKILL, the system closes our end of the guard's stdin.
_GUARD = 'cat > /dev/null; "$1" stop -D "$2" -m immediate -s; cd /; rm -rf "$3"'
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "timezone": "Pacific/Auckland",  # so that whoever forgets a zone is wrong by half a day
}
_CARELESS = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}


class Cluster:
    """One server; `database` gives a migrated database in a tenth of a second or less."""

    def __init__(self, folder: Path, programs: Path, account: dict[str, Any], options: dict[str, str]) -> None:
        self.port = _free_port()
        self._data = folder / "data"
        self._log = folder / "log"
        self._control = str(programs / "pg_ctl")
        self._account = account
        self._numbers = count(1)
        self._emptied: list[str] = []
        shown = {**_OPTIONS, **options, "port": str(self.port), "unix_socket_directories": str(folder)}
        initdb = [str(programs / "initdb"), "-D", str(self._data), "-U", _USER, "--no-sync", "-A", "trust"]
        self._run([*initdb, "-E", "UTF8", "--locale=C"])
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in shown.items())

    def url(self, database: str) -> str:
        """Return what `ZITI_HQ_DATABASE_URL` is set to."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """Return the URL of an empty database with the newest schema."""
        if self._emptied:
            return self._emptied.pop()
        name = f"hq_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}"), name, _TEMPLATE)
        return self.url(name)

    def give_back(self, url: str) -> None:
        """Empty a database that nobody uses any more, for the next who asks: a new one takes four times as long."""
        tables = sql.SQL(", ").join(map(sql.Identifier, metadata.tables))
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(tables))
        self._emptied.append(url)

    def empty_database(self) -> str:
        """Return the URL of a new database without any table."""
        name = f"hq_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {}"), name)
        return self.url(name)

    def start(self) -> None:
        """Start the server and wait until it serves."""
        self._run([self._control, "start", "-w", "-s", "-D", str(self._data), "-l", str(self._log)])

    def stop(self, how: str = "immediate") -> None:
        """Stop the server: `fast` ends the connections, `immediate` is as a crash."""
        self._run([self._control, "stop", "-w", "-s", "-D", str(self._data), "-m", how])

    def prepare(self) -> None:
        """Make the template that new databases are copied from."""
        self._execute(sql.SQL("CREATE DATABASE {}"), _TEMPLATE)
        database = db.connect(self.url(_TEMPLATE))
        db.migrate(database)
        database.close()

    def _execute(self, statement: sql.SQL, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.format(*map(sql.Identifier, names)))

    def _run(self, command: list[str]) -> None:
        # A file, not a pipe: the server keeps what it inherits.
        with tempfile.TemporaryFile("w+") as words:
            done = subprocess.run(
                command, check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=words, stderr=words, **self._account
            )
            words.seek(0)
            assert done.returncode == 0, f"{command[0]}: {words.read()}"

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Stop the server and remove its folder at the end of the block, or of this process."""
        words = ["sh", "-c", _GUARD, "guard", self._control, str(self._data), str(self._data.parent)]
        silent = subprocess.DEVNULL
        with subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=silent, stderr=silent, start_new_session=True, cwd="/", **self._account
        ) as guard:
            try:
                yield
            finally:
                assert guard.stdin
                guard.stdin.close()


@contextlib.contextmanager
def cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """Run a server until the block ends; one that is not `durable` never waits for the disk."""
    if sys.platform == "win32":
        pytest.skip("the private PostgreSQL of the tests is Debian's")
    programs = Path(needed("initdb", "postgresql")).resolve().parent
    # Not pytest's folder: that one is closed to the account which the server runs under.
    folder = Path(tempfile.mkdtemp(prefix="ziti-pg-"))
    account: dict[str, Any] = {}
    try:
        if os.geteuid() == 0:
            account = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(folder, "postgres", "postgres")
        one = Cluster(folder, programs, account, {} if durable else _CARELESS)
        with one.guarded():
            one.start()
            one.prepare()
            yield one
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    # Not one that the system may give to somebody's outgoing connection while the server is restarted.
    for port in random.sample(range(20_000, 30_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no free port")
