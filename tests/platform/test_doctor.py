"""The doctor tells what is wrong in words, mends nothing by itself, and survives whatever it finds."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest

from app import doctor
from app.clock import SystemClock, TrustedClock
from app.doctor import child, data, link, machine
from app.doctor.finding import Check, Finding, State, ok
from app.ids import id_maker
from app.instance import OnlyInstance
from app.keystore import Keystore, Secrets
from app.storage.database import FILE_NAME, open_database
from app.storage.storage import Storage
from app.usecases.enrol import Enrolment, save_enrolment
from sync.wire import TimeAnswer

ROOT = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9"


def enrol(folder: Path, url: str = NOWHERE) -> None:
    clock = TrustedClock(SystemClock())
    storage = Storage(folder, clock, id_maker(clock), ballast_bytes=0)
    storage.run(partial(save_enrolment, enrolment=Enrolment("t-1", "Counter 1", "s-1", 7, url)))
    storage.close()


def only(findings: Sequence[Finding]) -> Finding:
    (finding,) = findings
    return finding


class _Hq(BaseHTTPRequestHandler):
    ahead = timedelta()

    def do_GET(self) -> None:
        body = TimeAnswer(hq_time=datetime.now(UTC) + self.ahead).model_dump_json().encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hq() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Hq) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


# ── the whole ──────────────────────────────────────────────────────────────────────────────────────────────


def test_this_machine_can_run_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = doctor.run(["--data", str(tmp_path), "--json"])
    findings = {each["name"]: each for each in json.loads(capsys.readouterr().out)}
    failed = [each for each in findings.values() if each["state"] == "fail"]
    assert (code, failed) == (0, [])
    assert findings["Reading QR codes"]["seen"] == "a drawn code was read back by both decoders"
    assert len(findings) >= len(doctor.CHECKS)


def test_command_line_speaks_in_words_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    command = [sys.executable, "main.py", "doctor", "--data", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "ok    Python" in done.stdout
    assert not folder.exists()


def test_something_to_mend_is_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 1000)
    assert doctor.run(["--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "fail  Database" in out
    assert "→ Start the terminal" in out
    assert "1 to mend" in out


def test_check_that_breaks_is_a_finding_and_the_others_are_told(tmp_path: Path) -> None:
    def broken(_: Path) -> Sequence[Finding]:
        raise ZeroDivisionError("oh")

    def fine(_: Path) -> Sequence[Finding]:
        return [ok("fine", "")]

    findings = doctor.examine(tmp_path, [broken, fine])
    assert [each.state for each in findings] == [State.FAIL, State.OK]
    assert "ZeroDivisionError" in findings[0].seen


def test_doctor_loads_neither_qt_nor_opencv() -> None:
    code = "import app.doctor, sys; print([m for m in ('PySide6', 'cv2', 'scanner', 'ui') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_the_packages_it_says_what_to_run() -> None:
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); "]
    command[-1] += "from app.doctor import run; sys.exit(run([]))"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "make setup" in done.stdout


# ── the children ───────────────────────────────────────────────────────────────────────────────────────────


def test_child_answers_in_json() -> None:
    assert child.ask_child("print('noise'); print([1, 2])").answer == [1, 2]


def test_child_that_aborts_is_a_complaint() -> None:
    assert "-6" in child.ask_child("import os; os.abort()").complaint


def test_child_that_raises_tells_its_last_words() -> None:
    assert child.ask_child("import nothing_of_that_name").complaint.endswith("No module named 'nothing_of_that_name'")


def test_child_that_hangs_is_ended() -> None:
    assert child.ask_child("input_never = __import__('threading').Event().wait()", patience=0.2).complaint == (
        "it took longer than 0.2 seconds"
    )


def test_display_that_does_not_answer_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":987")
    finding = only(machine.window(tmp_path))
    assert finding.state is State.FAIL
    assert "display" in finding.seen.lower()


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    complaint = "OSError: libxcb-cursor.so.0: cannot open shared object file: No such file or directory"
    monkeypatch.setattr(machine, "ask_child", lambda *_: child.Told(complaint=complaint))
    finding = only(machine.display_libraries(tmp_path))
    assert finding.state is State.WARN
    assert finding.seen.startswith("libxcb-cursor.so.0: cannot open")


@pytest.mark.parametrize("check", [machine.fonts, machine.sound, machine.cameras])
def test_nothing_found_is_told_with_a_way_out(check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ask_child", lambda *_: child.Told([]))
    finding = only(check(tmp_path))
    assert finding.state is not State.OK
    assert finding.mend


def test_qt_release_that_aborts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "version", lambda _: "6.12.0")
    monkeypatch.setattr("sys.version_info", (3, 11, 7))
    assert only(machine.qt(tmp_path)).state is State.FAIL


# ── the data ───────────────────────────────────────────────────────────────────────────────────────────────


def test_healthy_terminal_is_well(tmp_path: Path) -> None:
    enrol(tmp_path)
    Keystore(tmp_path).save(Secrets("token", b"k", b"l"))
    for check in (data.folder, data.disk, data.safe_writing, data.database, data.secrets, data.instance):
        assert only(check(tmp_path)).state is State.OK, check.__name__


def test_looking_changes_no_byte_of_what_is_there(tmp_path: Path) -> None:
    enrol(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    doctor.examine(tmp_path, [data.folder, data.safe_writing, data.database, data.backup, data.secrets])
    assert {path: path.read_bytes() for path in before} == before


def test_flipped_bytes_are_found(tmp_path: Path) -> None:
    enrol(tmp_path)
    content = bytearray((tmp_path / FILE_NAME).read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = bytes(200)
    (tmp_path / FILE_NAME).write_bytes(content)
    finding = only(data.database(tmp_path))
    assert finding.state is State.FAIL
    assert "restores the newest backup" in finding.mend


def test_newer_file_asks_for_the_newer_release(tmp_path: Path) -> None:
    enrol(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as conn:
        conn.execute("PRAGMA user_version = 999")
    assert only(data.database(tmp_path)).mend == "Install the newer release."


def test_terminal_that_runs_can_be_looked_at(tmp_path: Path) -> None:
    with OnlyInstance(tmp_path), closing(open_database(tmp_path / FILE_NAME)):
        assert only(data.database(tmp_path)).state is State.OK
        assert f"process {os.getpid()}" in only(data.instance(tmp_path)).seen


def test_folder_that_cannot_be_written_is_told() -> None:
    finding = only(data.folder(Path("/proc/ziti")))
    assert finding.state is State.FAIL
    assert "--data" in finding.mend


@pytest.mark.parametrize(("free", "state"), [(10**8, State.FAIL), (10**9, State.WARN), (10**11, State.OK)])
def test_little_space_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    assert only(data.disk(tmp_path)).state is state


def test_enrolled_terminal_without_secrets_must_enrol_again(tmp_path: Path) -> None:
    enrol(tmp_path)
    assert "enrol it again" in only(data.secrets(tmp_path)).mend


def test_old_backup_is_told(tmp_path: Path) -> None:
    enrol(tmp_path)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "2026-01-01T000000.000Z.sqlite3").touch()
    assert only(data.backup(tmp_path)).state is State.WARN


# ── HQ and the clock ───────────────────────────────────────────────────────────────────────────────────────


def test_hq_that_answers_is_well(tmp_path: Path, hq: str) -> None:
    enrol(tmp_path, hq)
    assert [each.state for each in link.hq_and_clock(tmp_path)] == [State.OK, State.OK]


def test_clock_that_is_off_is_told(tmp_path: Path, hq: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Hq, "ahead", timedelta(days=1))
    enrol(tmp_path, hq)
    clock = link.hq_and_clock(tmp_path)[1]
    assert clock.state is State.WARN
    assert clock.seen == "1 day, 0:00:00 behind HQ's"


def test_hq_out_of_reach_keeps_nothing_from_working(tmp_path: Path) -> None:
    enrol(tmp_path)
    there, clock = link.hq_and_clock(tmp_path)
    assert there.state is State.WARN
    assert "works on without it" in there.mend
    assert "not compared" in clock.seen


def test_address_that_is_none_is_told(tmp_path: Path) -> None:
    enrol(tmp_path, "::not an address::")
    assert link.hq_and_clock(tmp_path)[0].state is State.FAIL
