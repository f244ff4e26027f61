"""One window per data folder: a lock that the operating system holds for this process and lets go when it dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import AlreadyRunning, ReadOnlyData

FILE_NAME = "instance.lock"
_FAR = 1024  # Windows locks bytes, not files: one behind the process number, which stays readable


class OnlyInstance:
    """`with OnlyInstance(folder):` or `take()`, then keep it until the process ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock, or raise `AlreadyRunning` (or `ReadOnlyData`)."""
        path = self._folder / FILE_NAME
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ReadOnlyData(f"{path} cannot be written ({error.strerror}).") from error
        try:
            _lock(handle)
        except OSError as error:
            other = os.read(handle, 20).decode("ascii", "replace").strip()
            os.close(handle)
            raise AlreadyRunning(
                f"Ziti POS is already open with the data in {self._folder}{f' (process {other})' if other else ''}. "
                "Use that window, or close it first."
            ) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle

    def release(self) -> None:
        """Let go; a process that ends, however it ends, lets go as well."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
