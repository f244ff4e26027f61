"""A camera is known by what it is and where it is plugged in, never by its number."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.camera.identity import Identity, found, name_of, recalled
from scanner.camera.listing import CameraInfo, Door, list_cameras, plugged_in
from scanner.vision import cv2

CONTROLLER = "pci0000:00/0000:00:14.0/usb1"


class Machine:
    """A made-up /sys in which cameras are plugged in and out."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.drivers = root / "class" / "video4linux"
        self.drivers.mkdir(parents=True)

    def plug(self, node: str, port: str = "1-2", name: str = "HD Webcam", **usb: str) -> None:
        device = self.root / "devices" / CONTROLLER / port
        folder = device / f"{port}:1.0" / "video4linux" / node
        folder.mkdir(parents=True, exist_ok=True)
        for fact, value in ({"idVendor": "046d", "idProduct": "0825"} | usb).items():
            (device / fact).write_text(f"{value}\n")
        (folder / "name").write_text(f"{name}\n")
        (folder / "index").write_text(f"{usb.get('index', '0')}\n")
        (folder / "device").symlink_to(device / f"{port}:1.0")
        (self.drivers / node).symlink_to(folder)

    def unplug(self, node: str) -> None:
        shutil.rmtree((self.drivers / node).resolve())
        (self.drivers / node).unlink()

    def cameras(self) -> list[CameraInfo]:
        return list_cameras(self.drivers)

    def find(self, remembered: str) -> str | None:
        camera = found(self.cameras(), remembered, lambda each: each.identity)
        return str(camera.doors[0].device) if camera else None


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _remembered(machine: Machine, device: str) -> str:
    return next(str(each.identity) for each in machine.cameras() if each.doors[0].device == device)


def test_the_kernel_tells_what_a_usb_camera_is(machine: Machine) -> None:
    machine.plug("video0", "1-2.4", "Counter cam", serial="A77")

    assert machine.cameras() == [
        CameraInfo(
            "Counter cam",
            Identity("Counter cam", "046d:0825", "A77", "1.0", "0000:00:14.0/2.4"),
            (Door(cv2.CAP_V4L2, "/dev/video0"),),
        )
    ]


def test_each_camera_is_listed_once_in_the_order_of_its_number(machine: Machine) -> None:
    machine.plug("video10", "1-3", "Counter cam")
    machine.plug("video2", "1-2")
    (machine.drivers / "video3").mkdir()
    (machine.drivers / "video3" / "index").write_text("1\n")

    assert [camera.name for camera in machine.cameras()] == ["HD Webcam", "Counter cam"]


def test_a_camera_without_a_name_is_called_after_its_file(machine: Machine) -> None:
    (machine.drivers / "video0").mkdir()

    assert [(each.name, each.identity.port) for each in machine.cameras()] == [("video0", "video0")]


def test_a_camera_that_is_no_usb_device_is_known_by_its_place(machine: Machine) -> None:
    place = machine.root / "devices" / "platform" / "csi-1"
    place.mkdir(parents=True)
    (machine.drivers / "video0").mkdir()
    (machine.drivers / "video0" / "device").symlink_to(place)

    assert machine.cameras()[0].identity == Identity("video0", port="csi-1")


def test_a_machine_without_cameras_lists_none(tmp_path: Path) -> None:
    assert list_cameras(tmp_path / "none") == []
    assert plugged_in(tmp_path / "none") == ()


def test_a_camera_that_returns_under_another_number_is_found(machine: Machine) -> None:
    machine.plug("video0")
    remembered = _remembered(machine, "/dev/video0")
    machine.unplug("video0")
    machine.plug("video2")

    assert machine.find(remembered) == "/dev/video2"


def test_the_number_of_the_bus_does_not_matter(machine: Machine) -> None:
    machine.plug("video0")
    remembered = _remembered(machine, "/dev/video0")

    assert "usb1" not in remembered
    assert "1-2" not in remembered


@pytest.mark.parametrize("serial", [{}, {"serial": "0001"}])
def test_two_cameras_of_the_same_model_are_told_apart(machine: Machine, serial: dict[str, str]) -> None:
    machine.plug("video0", "1-2", **serial)
    machine.plug("video2", "1-3", **serial)
    first, second = _remembered(machine, "/dev/video0"), _remembered(machine, "/dev/video2")

    assert [camera.name for camera in machine.cameras()] == ["HD Webcam (1)", "HD Webcam (2)"]
    assert (machine.find(first), machine.find(second)) == ("/dev/video0", "/dev/video2")
    machine.unplug("video0")
    assert (machine.find(first), machine.find(second)) == (None, "/dev/video2")


def test_a_camera_with_a_serial_number_may_move_to_another_port(machine: Machine) -> None:
    machine.plug("video0", "1-2", serial="A77")
    remembered = _remembered(machine, "/dev/video0")
    machine.unplug("video0")
    machine.plug("video4", "1-3", serial="A77")
    machine.plug("video5", "1-4", serial="B12")

    assert machine.find(remembered) == "/dev/video4"


def test_another_unit_in_the_same_port_is_not_the_camera(machine: Machine) -> None:
    machine.plug("video0", "1-2", serial="A77")
    remembered = _remembered(machine, "/dev/video0")
    machine.unplug("video0")
    machine.plug("video0", "1-2", serial="B12")

    assert machine.find(remembered) is None


def test_a_twin_that_comes_later_does_not_take_its_place(machine: Machine) -> None:
    machine.plug("video0", "1-2", serial="0001")
    remembered = _remembered(machine, "/dev/video0")
    machine.plug("video2", "1-1", serial="0001")

    assert machine.find(remembered) == "/dev/video0"


def test_with_nothing_remembered_the_first_camera_is_taken(machine: Machine) -> None:
    assert machine.find("") is None
    machine.plug("video3")
    machine.plug("video4", "1-7")

    assert machine.find("") == "/dev/video3"


def test_the_name_that_earlier_releases_kept_still_finds_its_camera(machine: Machine) -> None:
    machine.plug("video0", "1-2", "Front")
    machine.plug("video2", "1-3", "Desk")

    assert machine.find("Desk") == "/dev/video2"
    assert machine.find("Ceiling") is None


def test_what_is_plugged_in_changes_with_each_camera(machine: Machine) -> None:
    machine.plug("video0")
    before = plugged_in(machine.drivers)
    machine.plug("video2", "1-3")

    assert plugged_in(machine.drivers) != before


@given(st.builds(Identity, name=st.text(), model=st.text(), serial=st.text(), part=st.text(), port=st.text()))
def test_what_is_remembered_is_recalled_whatever_the_device_is_called(identity: Identity) -> None:
    assert recalled(str(identity)) == identity
    assert name_of(str(identity)) == identity.name


def test_a_bare_name_is_no_identity() -> None:
    assert recalled("HD Webcam") is None
    assert name_of("HD Webcam") == "HD Webcam"


# ── Windows, through the package that lists cameras there ───────────────────────────────────────────────────────


def _told(index: int, name: str, path: str, vid: int | None = 0x046D, pid: int | None = 0x0825) -> SimpleNamespace:
    return SimpleNamespace(index=index, name=name, path=path, vid=vid, pid=pid)


def _usb(instance: str, backend: str) -> str:
    return rf"\\?\usb#vid_046d&pid_0825&mi_00#{instance}#{{65e8773d-8f56-11d0}}\{backend}"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> dict[int, Sequence[SimpleNamespace]]:
    listed: dict[int, Sequence[SimpleNamespace]] = {}
    package = ModuleType("cv2_enumerate_cameras")
    package.enumerate_cameras = lambda backend: listed.get(backend, ())  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "cv2_enumerate_cameras", package)
    monkeypatch.setattr(sys, "platform", "win32")
    return listed


def test_windows_lists_a_camera_once_with_both_ways_in(windows: dict[int, Sequence[SimpleNamespace]]) -> None:
    windows[cv2.CAP_MSMF] = [_told(0, "HD Webcam", _usb("7&1A2B&0&0000", "global"))]
    windows[cv2.CAP_DSHOW] = [_told(0, "OBS", "", None, None), _told(1, "HD Webcam", _usb("7&1a2b&0&0000", "GLOBAL"))]

    assert [(each.name, each.doors) for each in list_cameras()] == [
        ("HD Webcam", (Door(cv2.CAP_MSMF, 0), Door(cv2.CAP_DSHOW, 1))),
        ("OBS", (Door(cv2.CAP_DSHOW, 0),)),
    ]


def test_windows_tells_twins_apart_whatever_their_order(windows: dict[int, Sequence[SimpleNamespace]]) -> None:
    one, two = (_told(number, "HD Webcam", _usb(f"7&{number}", "global")) for number in (0, 1))
    windows[cv2.CAP_MSMF] = [one, two]
    remembered = str(list_cameras()[1].identity)
    windows[cv2.CAP_MSMF] = [_told(0, "HD Webcam", two.path)]

    camera = found(list_cameras(), remembered, lambda each: each.identity)

    assert camera
    assert camera.doors == (Door(cv2.CAP_MSMF, 0),)
    assert list_cameras() != []
    windows[cv2.CAP_MSMF] = [one]
    assert found(list_cameras(), remembered, lambda each: each.identity) is None


def test_a_listing_that_breaks_lists_nothing(windows: dict[int, Sequence[SimpleNamespace]]) -> None:
    windows[cv2.CAP_MSMF] = [SimpleNamespace()]
    sys.modules["cv2_enumerate_cameras"].enumerate_cameras = None  # type: ignore[attr-defined]

    assert list_cameras() == []
    assert plugged_in() == ()
