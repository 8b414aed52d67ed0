"""Where webhooks may be sent, and how one request is made: checked, bounded, and never redirected."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import translation

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from wagtail_partnerships.cms.delivery.webhooks import sending
from wagtail_partnerships.cms.delivery.webhooks.sending import post
from wagtail_partnerships.cms.delivery.webhooks.targets import RefusedTargetError, check_url, is_public, resolve

PUBLIC = "93.184.215.14"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """What is written of an attempt is in the language of whoever runs the deliveries."""
    with translation.override("en"):
        yield


@pytest.fixture
def allow_private(settings: Any) -> None:
    settings.PARTNERSHIPS_WEBHOOKS_ALLOW_PRIVATE = True


def resolving_to(*addresses: str) -> Callable[..., Any]:
    def resolve(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "2001:db8::1",
    ],
)
def test_an_address_within_a_network_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.se/",
        "ftp://www.example.se/",
        "https:///x",
        "https://user:word@www.example.se/",
        "",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "https://www.example.se:99999/",
        "https://www.example.se:0/",
        "https://[::1",
        "javascript:alert(1)",
        "//www.example.se/",
    ],
)
def test_a_url_that_can_not_be_sent_to_is_refused(url: str) -> None:
    with pytest.raises(RefusedTargetError):
        check_url(url)


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433"])
def test_a_name_that_leads_home_is_refused(host: str) -> None:
    with pytest.raises(RefusedTargetError):
        resolve(check_url(f"https://{host}/"))


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to(PUBLIC, "10.0.0.1"))
    outcome = post("https://www.example.se/hook", b"{}", {})
    assert outcome.status_code is None
    assert "private network" in outcome.answer


def test_a_name_is_asked_for_once_and_the_checked_address_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PUBLIC, "127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: resolving_to(next(answers))(*args))
    connected: list[Any] = []

    def connect(address: Any, *args: Any, **kwargs: Any) -> Any:
        connected.append(address)
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket, "create_connection", connect)
    outcome = post("https://www.example.se/hook", b"{}", {})
    assert connected == [(PUBLIC, 443)]
    assert outcome.status_code is None
    assert "nobody there" in outcome.answer


def test_a_redirect_is_no_success_and_not_followed(httpserver: HTTPServer, allow_private: None) -> None:
    httpserver.expect_request("/hook").respond_with_response(
        Response(status=307, headers={"Location": httpserver.url_for("/inside")})
    )
    outcome = post(httpserver.url_for("/hook"), b"{}", {})
    assert outcome.status_code == 307
    assert not outcome.is_success
    assert [request.path for request, _response in httpserver.log] == ["/hook"]


def test_only_the_first_bytes_of_an_answer_are_read(httpserver: HTTPServer, allow_private: None) -> None:
    httpserver.expect_request("/hook").respond_with_data(b"\x00\xff" + b"x" * 5_000_000)
    outcome = post(httpserver.url_for("/hook?a=1"), b"{}", {"webhook-id": "msg_1"})
    assert outcome.is_success
    assert len(outcome.answer) == sending.ANSWER_BYTES
    assert "\x00" not in outcome.answer
    [(request, _response)] = httpserver.log
    assert request.method == "POST"
    assert request.headers["webhook-id"] == "msg_1"
    assert request.query_string == b"a=1"


@pytest.fixture(params=[b"X: ", b"Connection: close\r\n\r\n", b"Content-Length: 1000\r\n\r\n"])
def trickling(request: pytest.FixtureRequest) -> Iterator[int]:
    """A server that sends a header, or an answer, a byte at a time, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def trickle() -> None:
        connection, _address = listener.accept()
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n" + request.param)
            while not ended.wait(0.02):
                connection.sendall(b"x")
        except OSError:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    ended.set()
    listener.close()


def test_an_answer_that_trickles_in_ends_in_time(
    trickling: int, allow_private: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ATTEMPT_SECONDS", 0.4)
    begun = time.monotonic()
    outcome = post(f"http://127.0.0.1:{trickling}/", b"{}", {})
    assert time.monotonic() - begun < 3
    assert outcome.status_code is None
    assert "No answer within" in outcome.answer


def test_a_connection_that_comes_after_the_deadline_is_used_no_more(
    trickling: int, allow_private: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ATTEMPT_SECONDS", 0.05)
    deadline_came = threading.Event()
    break_off, connect = sending._break_off, socket.create_connection

    def break_off_and_tell(*args: Any) -> None:
        break_off(*args)
        deadline_came.set()

    def connect_late(*args: Any, **kwargs: Any) -> socket.socket:
        assert deadline_came.wait(10)
        return connect(*args, **kwargs)

    monkeypatch.setattr(sending, "_break_off", break_off_and_tell)
    monkeypatch.setattr(socket, "create_connection", connect_late)

    outcome = post(f"http://127.0.0.1:{trickling}/", b"{}", {})

    assert outcome.status_code is None
    assert "No answer within" in outcome.answer


@pytest.mark.parametrize("path", ["/å", "/a b", "/a\r\nX: y", "/%00"])
def test_an_odd_address_raises_nothing(httpserver: HTTPServer, allow_private: None, path: str) -> None:
    httpserver.expect_request("/never").respond_with_data("")
    assert not post(f"http://127.0.0.1:{httpserver.port}{path}", b"{}", {}).is_success


@pytest.fixture
def secure_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    """A server with a certificate for hook.example, which this process trusts."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=hook.example",
            "-addext",
            "subjectAltName=DNS:hook.example",
            "-keyout",
            key,
            "-out",
            certificate,
        ],
        check=True,
        capture_output=True,
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(ssl_context=context)
    server.expect_request("/hook").respond_with_data("thank you")
    server.start()
    monkeypatch.setattr(socket, "getaddrinfo", resolving_to("127.0.0.1"))
    yield server
    server.stop()


def test_the_certificate_is_asked_for_in_the_hosts_name(secure_server: HTTPServer, allow_private: None) -> None:
    right = post(f"https://hook.example:{secure_server.port}/hook", b"{}", {})
    assert (right.status_code, right.answer) == (200, "thank you")
    [(request, _response)] = secure_server.log
    assert request.headers["Host"] == f"hook.example:{secure_server.port}"

    wrong = post(f"https://other.example:{secure_server.port}/hook", b"{}", {})
    assert wrong.status_code is None
    assert "CERTIFICATE_VERIFY_FAILED" in wrong.answer
    assert wrong.seconds < datetime.timedelta(seconds=10).total_seconds()
