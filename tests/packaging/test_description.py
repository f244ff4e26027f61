"""What is packed is described rightly: quick, without building anything (built.py tries what was built)."""

from __future__ import annotations

import ast
import os
import re
import shutil
import stat
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from scanner.keys.ports import SCANNER_VENDORS
from tools import icon, package

PACKAGING = package.ROOT / "packaging"
LINUX, WINDOWS = PACKAGING / "linux", PACKAGING / "windows"
SPEC = (PACKAGING / "ziti-pos.spec").read_text("utf-8")
DESKTOP = LINUX / "ziti-pos.desktop"
ISS = (WINDOWS / "ziti-pos.iss").read_text("utf-8-sig")
ISL = (WINDOWS / "zh-CN.isl").read_text("utf-8-sig")

SHELL = shutil.which("sh") or ""
on_linux = pytest.mark.skipif(os.name == "nt", reason="a Debian package is made on Linux")


def named(what: str) -> tuple[str, ...]:
    """Return a tuple of names that the spec gives."""
    for node in ast.parse(SPEC).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == what:
            return tuple(ast.literal_eval(node.value))
    raise KeyError(what)


# ── the spec ───────────────────────────────────────────────────────────────────────────────────────────────


def test_the_spec_packs_rooms_that_exist() -> None:
    assert [room for room in named("ROOMS") if not (package.ROOT / room / "__init__.py").exists()] == []


def test_the_spec_leaves_out_modules_that_exist() -> None:
    found = [package.ROOT.joinpath(*name.split(".")) for name in named("LEFT_OUT")]
    assert [place for place in found if not (place.with_suffix(".py").exists() or place.is_dir())] == []


def test_the_spec_leaves_every_gallery_out() -> None:
    found = {path.relative_to(package.ROOT).with_suffix("") for path in (package.ROOT / "ui").rglob("gallery.py")}
    assert {".".join(path.parts) for path in found} <= set(named("LEFT_OUT"))


def test_the_spec_names_files_that_exist() -> None:
    named_files = re.findall(r'ROOT((?: / "[^"]+")+)', SPEC)
    paths = [package.ROOT.joinpath(*re.findall(r'"([^"]+)"', each)) for each in named_files]
    assert package.ROOT / "main.py" in paths
    assert [path for path in paths if not path.exists() and "build" not in path.parts] == []


# ── the Debian package ─────────────────────────────────────────────────────────────────────────────────────


@on_linux
def test_control_says_what_dpkg_asks() -> None:
    text = package.control(["libc6 (>= 2.35)", "libegl1"], 1234)
    fields = dict(re.findall(r"^([A-Z][A-Za-z-]+): (.+)$", text, re.MULTILINE))
    assert fields["Package"] == "ziti-pos"
    assert fields["Version"] == package.version()
    assert fields["Depends"] == "libc6 (>= 2.35), libegl1"
    assert fields["Installed-Size"] == "1234"
    assert re.fullmatch(r".+ <\S+@\S+>", fields["Maintainer"])
    assert len(fields["Description"]) < 80
    assert all(line.startswith(" ") for line in text.partition("Description:")[2].splitlines()[1:])


@on_linux
def test_dpkg_reads_the_control_file(tmp_path: Path) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("not a Debian")
    (tmp_path / "DEBIAN").mkdir()
    (tmp_path / "DEBIAN/control").write_text(package.control(["libc6"], 1), "utf-8")
    made = tmp_path.with_suffix(".deb")
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tmp_path, made], check=True, capture_output=True)
    told = subprocess.run(["dpkg-deb", "--field", made, "Version"], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == package.version()


@on_linux
def test_every_file_has_the_rights_it_is_installed_with(tmp_path: Path) -> None:
    bundle, tree = tmp_path / "bundle", tmp_path / "tree"
    (bundle / "_internal").mkdir(parents=True)
    for file in ("ziti-pos", "_internal/libzbar.so.0"):
        (bundle / file).write_bytes(b"\x00")
        (bundle / file).chmod(0o775)
    package.lay_out(tree, bundle)
    seen = {
        path.relative_to(tree).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in tree.rglob("*")
        if path.is_file()
    }
    assert seen.pop("opt/ziti-pos/ziti-pos") == 0o755
    assert set(seen.values()) == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tree.rglob("*") if path.is_dir()} == {0o755}
    assert (tree / "usr/bin/ziti-pos").readlink() == Path("/opt/ziti-pos/ziti-pos")
    assert not [file for file in seen if file.startswith(("etc/", "home/", "var/"))]


@on_linux
def test_what_a_program_needs_is_named_as_a_package(tmp_path: Path) -> None:
    if shutil.which("objdump") is None:
        pytest.skip("binutils is missing")
    shutil.copyfile("/bin/true", tmp_path / "true")
    (found,) = [each for each in package.needs(tmp_path) if each != package.FONTS]
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", found)


def test_a_library_that_nobody_knows_stops_the_packing() -> None:
    with pytest.raises(package.PackagingError, match=r"libnew\.so\.7"):
        package._package("libnew.so.7")


@on_linux
@pytest.mark.parametrize("script", package.SCRIPTS)
def test_scripts_do_nothing_where_udev_is_absent(script: str, tmp_path: Path) -> None:
    for action in ("configure", "remove", "purge"):
        command = [SHELL, str(LINUX / script), action]
        done = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


@on_linux
def test_scripts_survive_a_udev_that_does_not_run(tmp_path: Path) -> None:
    udevadm = tmp_path / "udevadm"
    udevadm.write_text('#!/bin/sh\necho "$@"\nexit 1\n')
    udevadm.chmod(0o755)
    command = [SHELL, str(LINUX / "postinst"), "configure"]
    done = subprocess.run(
        command, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("control --reload\ntrigger ")


# ── the desktop ────────────────────────────────────────────────────────────────────────────────────────────


def test_desktop_entry_starts_the_launcher_in_both_languages() -> None:
    entry = RawConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str  # type: ignore[method-assign,assignment]  # its keys are spelled in capitals
    entry.read_string(DESKTOP.read_text("utf-8"))
    main, shop = entry["Desktop Entry"], entry["Desktop Action shop"]
    assert main["Type"] == "Application"
    assert (main["Exec"], shop["Exec"], main["Icon"]) == ("ziti-pos", "ziti-pos shop", "ziti-pos")
    assert main["Actions"].rstrip(";") == "shop"
    assert all(f"{key}[zh_CN]" in main for key in ("Name", "GenericName", "Comment", "Keywords"))
    assert all(main[key].endswith(";") for key in ("Categories", "Keywords", "Keywords[zh_CN]"))


def test_desktop_entry_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-validate is missing (Debian package desktop-file-utils)")
    done = subprocess.run([validate, DESKTOP], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("size", icon.SIZES)
def test_icon_has_every_size(size: int) -> None:
    picture = icon.png(size)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])) == (size, size)


def test_windows_finds_every_picture_in_the_icon() -> None:
    content = icon.ico()
    kind, many = (int.from_bytes(content[at : at + 2], "little") for at in (2, 4))
    assert (kind, many) == (1, len(icon.SIZES))
    for number, size in enumerate(icon.SIZES):
        entry = content[6 + 16 * number : 22 + 16 * number]
        length, at = (int.from_bytes(entry[of : of + 4], "little") for of in (8, 12))
        assert content[at : at + length] == icon.png(size)


# ── rights to devices ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", package.RULES)
def test_rules_are_well_formed(name: str) -> None:
    pair = r'[A-Z]+(\{[\w/]+\})?(==|!=|\+=|=)"[^"]*"'
    lines = [line for line in (LINUX / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(rf"{pair}(, {pair})*", line)] == []
    text = "\n".join(lines)
    assert set(re.findall(r'GOTO="(\w+)"', text)) == set(re.findall(r'LABEL="(\w+)"', text))


def test_rules_know_the_makers_that_the_program_knows() -> None:
    (makers,) = re.findall(r'idVendor}=="([^"]+)"', (LINUX / "71-ziti-scanners.rules").read_text("utf-8"))
    assert {int(maker, 16) for maker in makers.split("|")} == SCANNER_VENDORS


# ── Windows ────────────────────────────────────────────────────────────────────────────────────────────────


def test_setup_script_refers_to_files_that_exist() -> None:
    found = re.findall(r"^(?:LicenseFile|SetupIconFile)=(.+)$", ISS, re.MULTILINE)
    paths = [package.ROOT / name.replace("{#Root}\\", "").replace("\\", "/") for name in found]
    assert [path for path in paths if not path.exists() and "build" not in path.parts] == []
    files = [name for each in re.findall(r'MessagesFile: "([^"]+)"', ISS) for name in each.split(",")]
    assert [name for name in files if not name.startswith("compiler:") and not (WINDOWS / name).exists()] == []


def test_setup_script_packs_what_the_spec_builds() -> None:
    programs = set(re.findall(r'program\("([\w-]+)"', SPEC))
    assert programs == {"ziti-pos", "ziti-hq"}
    assert set(re.findall(r"([\w-]+)\.exe", ISS)) == programs
    assert 'Source: "{#Bundle}\\*"' in ISS
    assert "build\\ziti-pos.ico" in ISS
    assert '"build" / "ziti-pos.ico"' in SPEC


def test_setup_has_its_version_from_the_program() -> None:
    assert "AppVersion={#Version}" in ISS
    assert re.search(r"#define Version GetStringFileInfo\(.+, \"ProductVersion\"\)", ISS)
    assert package.version() not in ISS


def test_setup_says_everything_in_both_languages() -> None:
    said = re.findall(r"^(en|zh)\.(\w+)=(.+)$", ISS, re.MULTILINE)
    chinese = {name for language, name, _ in said if language == "zh"}
    assert chinese == {name for language, name, _ in said if language == "en"}
    assert set(re.findall(r"\{cm:(\w+)", ISS)) <= chinese | set(re.findall(r"^(\w+)=", ISL, re.MULTILINE))


def test_setup_keeps_what_the_shop_recorded() -> None:
    assert "[UninstallDelete]" not in ISS
    assert re.findall(r'^Type: \w+; Name: "(.+)"', ISS, re.MULTILINE) == ["{app}\\_internal"]
