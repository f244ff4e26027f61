"""Which cameras there are: from /sys on Linux, from the system's own enumeration elsewhere."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from scanner.camera.identity import Identity
from scanner.vision import cv2

log = logging.getLogger(__name__)

DRIVERS = Path("/sys/class/video4linux")
# In the order in which they are tried.
BACKENDS: dict[str, tuple[int, ...]] = {
    "win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    "linux": (cv2.CAP_V4L2,),
}


@dataclass(frozen=True, slots=True)
class Door:
    """One way into a camera: through which of OpenCV's backends, under which number or path."""

    backend: int
    device: int | str


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be chosen: `name` is shown, `identity` is remembered, `doors` open it now."""

    name: str
    identity: Identity
    doors: tuple[Door, ...]


def list_cameras(drivers: Path = DRIVERS) -> list[CameraInfo]:
    """Return the cameras that are plugged in, each once; none is opened for that."""
    listed = _listed_by_the_kernel(drivers) if has_device_files() else _listed_by_the_system()
    return _told_apart(listed)


def plugged_in(drivers: Path = DRIVERS) -> tuple[str, ...]:
    """Return what changes when a camera comes or goes; on Linux it costs microseconds, elsewhere milliseconds."""
    if has_device_files():
        return tuple(sorted(node.name for node in drivers.glob("video*")))
    return tuple(sorted(str(camera.identity) for camera in list_cameras()))


def has_device_files() -> bool:
    """Tell whether this system has cameras as files in /dev."""
    return sys.platform.startswith("linux")


# ── Linux ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _listed_by_the_kernel(drivers: Path) -> list[CameraInfo]:
    nodes = sorted(drivers.glob("video*"), key=lambda node: (len(node.name), node.name))
    return [_camera_of(node) for node in nodes if _gives_pictures(node)]


def _gives_pictures(node: Path) -> bool:
    # One webcam has several nodes; the first gives pictures, the others metadata.
    return _fact(node, "index") in ("", "0")


def _camera_of(node: Path) -> CameraInfo:
    name = _fact(node, "name") or node.name
    door = Door(cv2.CAP_V4L2, f"/dev/{node.name}")
    return CameraInfo(name, _identity_of(node, name), (door,))


def _identity_of(node: Path, name: str) -> Identity:
    link = node / "device"
    if not link.exists():
        return Identity(name, port=node.name)
    interface = link.resolve()
    device = next((each for each in (interface, *interface.parents) if (each / "idVendor").exists()), None)
    if device is None:
        return Identity(name, port=interface.name)
    return Identity(
        name,
        model=f"{_fact(device, 'idVendor')}:{_fact(device, 'idProduct')}",
        serial=_fact(device, "serial"),
        part=interface.name.partition(":")[2],
        port=_port_of(device),
    )


def _port_of(device: Path) -> str:
    """Return the controller and the ports of a USB device: its bus has another number after another start."""
    bus = next((each for each in device.parents if each.name.startswith("usb")), device.parent)
    return f"{bus.parent.name}/{device.name.partition('-')[2]}"


def _fact(folder: Path, fact: str) -> str:
    try:
        return (folder / fact).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        # It was pulled out while it was being listed, or it has no such fact.
        return ""


# ── Windows, macOS ──────────────────────────────────────────────────────────────────────────────────────────────


def _listed_by_the_system() -> list[CameraInfo]:
    cameras: dict[str, CameraInfo] = {}
    for backend in BACKENDS.get(sys.platform, ()):
        for told in _enumerated(backend):
            identity, door = _identity_told(told), Door(backend, int(told.index))
            known = cameras.setdefault(identity.port or identity.name, CameraInfo(identity.name, identity, ()))
            cameras[identity.port or identity.name] = replace(known, doors=(*known.doors, door))
    return list(cameras.values())


def _enumerated(backend: int) -> Iterable[Any]:
    try:
        return list(import_module("cv2_enumerate_cameras").enumerate_cameras(backend))
    except Exception:
        # Another's code over the system's devices: whatever it meets there, the USB scanner must go on.
        log.info("cameras could not be listed", exc_info=True)
        return []


def _identity_told(told: Any) -> Identity:
    model = f"{told.vid:04x}:{told.pid:04x}" if told.vid is not None and told.pid is not None else ""
    return Identity(str(told.name), model, port=_place_in(str(told.path or "")))


def _place_in(path: str) -> str:
    r"""Return the part of `\\?\usb#vid_046d&pid_0825&mi_00#7&1a2b&0&0000#{…}\global` that all backends share."""
    return path.lower().partition("#{")[0]


# ── everywhere ──────────────────────────────────────────────────────────────────────────────────────────────────


def _told_apart(cameras: Sequence[CameraInfo]) -> list[CameraInfo]:
    """Tell equal names apart by a number, and drop serial numbers that several share: some makers give all the same."""
    names = Counter(camera.name for camera in cameras)
    serials = Counter(_serial(camera) for camera in cameras)
    numbers: Counter[str] = Counter()
    apart = []
    for each in cameras:
        numbers[each.name] += 1
        name = f"{each.name} ({numbers[each.name]})" if names[each.name] > 1 else each.name
        unique = serials[_serial(each)] == 1
        identity = each.identity if unique else replace(each.identity, serial="")
        apart.append(replace(each, name=name, identity=identity))
    return apart


def _serial(camera: CameraInfo) -> tuple[str, str, str]:
    return camera.identity.model, camera.identity.part, camera.identity.serial
