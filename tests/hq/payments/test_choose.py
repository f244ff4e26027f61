"""Which provider HQ takes, and what it says about half a configuration."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.errors import NeedsAttention
from hq.payments.choose import choose
from hq.payments.sandbox import Sandbox
from hq.payments.wechat import WechatProvider
from hq.payments.wechat_settings import GATEWAY, from_environment
from tests.hq.payments.shops import SECRET
from tests.hq.payments.wechat_books import APPID, MCHID
from tests.hq.payments.wechat_server import APIV3_KEY, PUBLIC_KEY_ID, SERIAL, VECTORS, account, key, public_pem


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    public = tmp_path / "pub_key.pem"
    public.write_text(public_pem(key("wechat")), encoding="utf-8")
    return {
        "ZITI_HQ_WECHAT_MCHID": MCHID,
        "ZITI_HQ_WECHAT_APPID": APPID,
        "ZITI_HQ_WECHAT_CERT_SERIAL": SERIAL,
        "ZITI_HQ_WECHAT_PRIVATE_KEY_FILE": str(VECTORS / "merchant_key.pem"),
        "ZITI_HQ_WECHAT_APIV3_KEY": APIV3_KEY,
        "ZITI_HQ_WECHAT_PUBLIC_KEY_FILE": str(public),
        "ZITI_HQ_WECHAT_PUBLIC_KEY_ID": PUBLIC_KEY_ID,
    }


def complaint(environ: dict[str, str]) -> str:
    with pytest.raises(NeedsAttention) as found:
        from_environment(environ)
    assert APIV3_KEY not in str(found.value)
    return str(found.value)


def test_without_configuration_it_is_the_sandbox(tmp_path: Path) -> None:
    provider = choose({}, folder=tmp_path, secret=SECRET)
    assert isinstance(provider, Sandbox)
    provider.stop()


def test_with_a_whole_configuration_it_is_wechat(environ: dict[str, str], tmp_path: Path) -> None:
    assert isinstance(choose(environ, folder=tmp_path, secret=SECRET), WechatProvider)
    assert from_environment(environ) == account(GATEWAY)


def test_each_missing_variable_is_named(environ: dict[str, str]) -> None:
    for name in environ:
        said = complaint({other: value for other, value in environ.items() if other != name} | {name: " "})
        assert [word for word in environ if word in said] == [name]


def test_a_gateway_alone_is_half_a_configuration() -> None:
    assert "ZITI_HQ_WECHAT_MCHID" in complaint({"ZITI_HQ_WECHAT_GATEWAY": "https://api2.mch.weixin.qq.com"})


@pytest.mark.parametrize("name", ["PRIVATE_KEY_FILE", "PUBLIC_KEY_FILE"])
def test_a_key_file_that_is_no_such_key_is_named(environ: dict[str, str], tmp_path: Path, name: str) -> None:
    rubbish, elliptic = tmp_path / "rubbish.pem", tmp_path / "ec.pem"
    rubbish.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", encoding="utf-8")
    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    elliptic.write_bytes(pem)
    for path in (rubbish, elliptic, tmp_path / "absent.pem", tmp_path):
        said = complaint(environ | {f"ZITI_HQ_WECHAT_{name}": str(path)})
        assert (f"ZITI_HQ_WECHAT_{name}" in said, str(path) in said) == (True, True)


def test_a_key_of_openssl_s_older_form_is_taken(environ: dict[str, str], tmp_path: Path) -> None:
    old = tmp_path / "old.pem"
    old.write_bytes(key("merchant").private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    environ["ZITI_HQ_WECHAT_PRIVATE_KEY_FILE"] = str(old)
    assert isinstance(choose(environ, folder=tmp_path, secret=SECRET), WechatProvider)


@pytest.mark.parametrize("value", ["short", "x" * 33, "密" * 32])
def test_an_apiv3_key_of_another_length_is_refused(environ: dict[str, str], value: str) -> None:
    said = complaint(environ | {"ZITI_HQ_WECHAT_APIV3_KEY": value})
    assert ("32 characters" in said, value in said) == (True, False)


def test_a_serial_with_a_quote_is_refused(environ: dict[str, str]) -> None:
    assert "CERT_SERIAL" in complaint(environ | {"ZITI_HQ_WECHAT_CERT_SERIAL": 'A",serial_no="B'})


@pytest.mark.parametrize("address", ["http://api.mch.weixin.qq.com", "ftp://x", "https://", "https://x/v3", "x"])
def test_a_gateway_that_is_not_secure_is_refused(environ: dict[str, str], address: str) -> None:
    assert "GATEWAY" in complaint(environ | {"ZITI_HQ_WECHAT_GATEWAY": address})


def test_a_stand_in_on_this_machine_is_allowed(environ: dict[str, str]) -> None:
    found = from_environment(environ | {"ZITI_HQ_WECHAT_GATEWAY": "http://127.0.0.1:8080/"})
    assert found == account("http://127.0.0.1:8080")
