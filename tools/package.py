"""Makes the Debian package of the folder that PyInstaller has built: `make package`."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.system import LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
LINUX = ROOT / "packaging" / "linux"
NAME = "ziti-pos"
BUNDLE = ROOT / "dist" / NAME
PLACE = Path("opt") / NAME
RULES = ("70-ziti-printers.rules", "71-ziti-scanners.rules")
SCRIPTS = ("postinst", "postrm")

# What a Linux has for itself, beside what the source needs as well (tools/system.py).
PACKAGES = {part.name: part.package for part in LIBRARIES} | {
    "libwayland-egl.so.1": "libwayland-egl1",
    "libcups.so.2": "libcups2",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}
LIBC = re.compile(r"(ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv))\.so\.\d+")
# Debian's compiler of the libstdc++ that first had these names.
CXX = {(3, 4, 28): "9", (3, 4, 29): "11", (3, 4, 30): "12", (3, 4, 31): "13.1", (3, 4, 32): "13.2", (3, 4, 33): "14"}
# Any of the fonts that `doctor` is content with.
FONTS = "fonts-noto-cjk | fonts-wqy-microhei | fonts-wqy-zenhei | fonts-droid-fallback"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

DESCRIPTION = """\
 Scan a pickup code, see what to hand over, hand it over: with or without
 the network. Signed codes are verified at the counter, and HQ hears of
 everything when the line is back.
 .
 This package holds the terminal, HQ, and both together for a small shop
 (ziti-pos, ziti-pos hq, ziti-pos shop). What a shop records stays in the
 home of the user who runs it; removing the package leaves it there.
"""


class PackagingError(Exception):
    """The one line that tells a person what to do."""


def main() -> int:
    """Make dist/ziti-pos_VERSION_ARCHITECTURE.deb; return 1 with a sentence when something is missing."""
    try:
        if not (BUNDLE / NAME).is_file():
            raise PackagingError(f"{BUNDLE / NAME} is not there: make package builds it first")
        with tempfile.TemporaryDirectory(prefix="package-", dir=BUNDLE.parent) as folder:
            tree = Path(folder)
            tree.chmod(0o755)
            lay_out(tree, BUNDLE)
            write_control(tree)
            made = build(tree)
    except PackagingError as sentence:
        print(f"package: {sentence}", file=sys.stderr)
        return 1
    print(f"package: {made.relative_to(ROOT)}, {made.stat().st_size / 1e6:.0f} MB")
    return 0


def version() -> str:
    """Return the program's version."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def architecture() -> str:
    """Return what Debian calls this machine's processor."""
    machine = os.uname().machine
    return ARCHITECTURES.get(machine, machine)


def deb_path() -> Path:
    """Return where the package is made."""
    return BUNDLE.parent / f"{NAME}_{version()}_{architecture()}.deb"


# ── the files ──────────────────────────────────────────────────────────────────────────────────────────────


def lay_out(tree: Path, bundle: Path) -> None:
    """Put every file where it is installed, with the rights it has there."""
    from tools import icon

    shutil.copytree(bundle, tree / PLACE, symlinks=True)
    launcher = tree / "usr/bin" / NAME
    launcher.parent.mkdir(parents=True)
    launcher.symlink_to(Path("/") / PLACE / NAME)
    share = tree / "usr/share"
    _put(share / "applications" / f"{NAME}.desktop", (LINUX / f"{NAME}.desktop").read_bytes())
    _put(share / "icons/hicolor/scalable/apps" / f"{NAME}.svg", icon.svg().encode())
    for size in icon.SIZES:
        _put(share / f"icons/hicolor/{size}x{size}/apps" / f"{NAME}.png", icon.png(size))
    for rules in RULES:
        _put(tree / "usr/lib/udev/rules.d" / rules, (LINUX / rules).read_bytes())
    _put(share / "doc" / NAME / "copyright", (LINUX / "copyright").read_bytes())
    _put(share / "doc" / NAME / "changelog.gz", gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0))
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == tree / PLACE / NAME else 0o644)


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


# ── what dpkg is told ──────────────────────────────────────────────────────────────────────────────────────


def write_control(tree: Path) -> None:
    """Write DEBIAN/: the control file, the sums of all files, and the scripts."""
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    sums = "".join(f"{_md5(path)}  {path.relative_to(tree)}\n" for path in files)
    place = tree / "DEBIAN"
    place.mkdir()
    (place / "control").write_text(control(needs(tree / PLACE), kilobytes), "utf-8")
    (place / "md5sums").write_text(sums, "utf-8")
    for script in SCRIPTS:
        shutil.copyfile(LINUX / script, place / script)
        (place / script).chmod(0o755)


def control(depends: Iterable[str], kilobytes: int) -> str:
    """Return the control file's text."""
    name = os.environ.get("DEBFULLNAME", "Ziti POS contributors")
    mail = os.environ.get("DEBEMAIL", f"maintainers@{NAME}.invalid")
    return (
        f"Package: {NAME}\n"
        f"Version: {version()}\n"
        f"Architecture: {architecture()}\n"
        f"Maintainer: {name} <{mail}>\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {', '.join(depends)}\n"
        "Recommends: udev\n"
        "Suggests: cups, postgresql\n"
        "Section: misc\n"
        "Priority: optional\n"
        "Description: offline-first counter for orders that customers collect (自提收银台)\n"
        f"{DESCRIPTION}"
    )


def needs(bundle: Path) -> list[str]:
    """Return what the bundle's programs and libraries need of the system, as Debian's packages."""
    programs = [path for path in sorted(bundle.rglob("*")) if path.is_file() and _is_elf(path)]
    said = _objdump(programs)
    inside = {path.name for path in bundle.rglob("*.so*")}
    wanted = set(re.findall(r"^\s+NEEDED\s+(\S+)", said, re.MULTILINE)) - inside
    found = {
        FONTS,
        f"libc6 (>= {_newest(said, 'GLIBC')})",
        *map(_package, (name for name in wanted if not LIBC.fullmatch(name))),
    }
    if "libstdc++6" in found:
        found ^= {"libstdc++6", f"libstdc++6 (>= {_compiler(said)})"}
    return sorted(found)


def _package(library: str) -> str:
    if library not in PACKAGES:
        raise PackagingError(f"{library} is needed and not in the bundle: tools/package.py does not know its package")
    return PACKAGES[library]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _objdump(programs: list[Path]) -> str:
    if shutil.which("objdump") is None:
        raise PackagingError("objdump is missing: sudo apt-get install binutils")
    return subprocess.run(["objdump", "-p", *programs], capture_output=True, text=True, check=True).stdout


def _newest(said: str, names: str) -> str:
    return ".".join(map(str, max(_versions(said, names))))


def _compiler(said: str) -> str:
    newest = max(_versions(said, "GLIBCXX"))
    enough = [compiler for names, compiler in sorted(CXX.items()) if names >= newest]
    if not enough:
        raise PackagingError(f"GLIBCXX {newest} is newer than tools/package.py knows")
    return enough[0]


def _versions(said: str, names: str) -> Iterator[tuple[int, ...]]:
    """Yield the versions of a library's names that are asked for; what the bundle's own libraries offer is no wish."""
    for block in re.findall(r"^Version References:\n((?:  .*\n)+)", said, re.MULTILINE):
        for found in re.findall(rf" {names}_(\d+(?:\.\d+)+)$", block, re.MULTILINE):
            yield tuple(map(int, found.split(".")))


def _md5(path: Path) -> str:
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def build(tree: Path) -> Path:
    """Have dpkg-deb pack the tree; return the package."""
    if shutil.which("dpkg-deb") is None:
        raise PackagingError("dpkg-deb is missing: a Debian package is made on Debian or Ubuntu")
    made = deb_path()
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, made], check=True, stdout=subprocess.DEVNULL
    )
    return made


if __name__ == "__main__":
    sys.exit(main())
