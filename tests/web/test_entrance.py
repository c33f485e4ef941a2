"""T26: the entrance takes whole requests only: slow and endless bodies are told so and take no thread, others arrive as sent."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]  # public there, under an alias

from tasuki.config import rsgi


@dataclass
class Line:
    """The web server's side of one request: what comes in, piece by piece, and what was answered."""

    pieces: list[bytes]
    pause: float = 0
    broken: bool = False
    gone: bool = False
    answered: list[tuple[int, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    path: str = "/health/"
    method: str = "POST"
    query_string: str = "a=%E6%B8%AF"
    server: str = "127.0.0.1:8000"
    client: str = "[::1]:50000"
    scheme: str = "http"
    http_version: str = "1.1"

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            await asyncio.sleep(self.pause)
            yield piece
        if self.broken:
            raise ProtocolClosed

    def response_str(self, status: int, _: list[tuple[str, str]], body: str) -> None:
        """Take the short answer."""
        self.answered.append((status, body))

    def response_bytes(self, status: int, _: list[tuple[str, str]], body: bytes) -> None:
        """Take the answer of the house."""
        self.answered.append((status, body.decode()))

    def response_stream(self, status: int, _: list[tuple[str, str]]) -> Line:
        """Take an answer that comes piece by piece."""
        self.answered.append((status, ""))
        return self

    async def send_bytes(self, piece: bytes) -> None:
        """Take the next piece; who has gone takes none."""
        if self.gone:
            raise ProtocolClosed
        self.answered.append((len(piece), piece.decode()))


def ask(line: Line) -> list[tuple[int, str]]:
    """Send one request through the entrance."""
    asyncio.run(rsgi.application(line, line))  # type: ignore[arg-type]  # as the web server has them
    return line.answered


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Put an application behind the entrance that remembers what it is asked."""
    asked: list[dict[str, Any]] = []

    class Answer(list[bytes]):
        def close(self) -> None:
            asked[-1]["closed"] = True

    def remember(environ: dict[str, Any], start: Any) -> Answer:
        asked.append({**environ, "body": environ["wsgi.input"].read()})
        start("200 OK", [("content-type", "text/plain")])
        return Answer([b"an", b"swer"])

    monkeypatch.setattr(rsgi, "house", remember)
    return asked


# Fault planted: asyncio.timeout() left out → the request is answered as if nothing were.
def test_a_body_that_does_not_end_is_told_so_and_reaches_nobody(
    house: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rsgi, "SECONDS", 0.05)
    assert ask(Line([b"text="] * 100, pause=0.02)) == [
        (408, "送信が途中で止まりました。まだ何も保存していません。もう一度送ってください。")
    ]
    assert house == []


# Fault planted: the size not counted.
def test_a_body_past_all_measure_is_told_so_and_reaches_nobody(house: list[dict[str, Any]]) -> None:
    line = Line([b"x" * 100_000] * 1000)
    assert ask(line)[0][0] == 413
    assert house == []


# Fault planted: ProtocolClosed left to the server, which writes a traceback.
def test_a_body_that_breaks_off_is_forgotten(house: list[dict[str, Any]]) -> None:
    assert ask(Line([b"half"], broken=True)) == []
    assert house == []


# Faults planted: the claimed length believed; the path not as WSGI says it; the answer not closed, as asgiref leaves it;
# a header with underscores taken for the one that a proxy writes.
def test_a_whole_request_arrives_as_it_was_sent(house: list[dict[str, Any]]) -> None:
    sent = Line(
        [b"te", b"xt=1"],
        headers={"content-length": "9999", "content-type": "a/b", "cookie": "c=d", "x-one": "two", "x_one": "three"},
        path="/港/",
    )
    assert ask(sent) == [(200, "answer")]
    asked = house[0]
    assert asked["PATH_INFO"].encode("latin-1").decode() == "/港/"
    assert {name: asked[name] for name in ("body", "CONTENT_LENGTH", "CONTENT_TYPE", "HTTP_COOKIE", "HTTP_X_ONE", "QUERY_STRING")} == {
        "body": b"text=1", "CONTENT_LENGTH": "6", "CONTENT_TYPE": "a/b", "HTTP_COOKIE": "c=d", "HTTP_X_ONE": "two",
        "QUERY_STRING": "a=%E6%B8%AF",
    }  # fmt: skip
    assert (asked["REMOTE_ADDR"], asked["SERVER_NAME"], asked["SERVER_PORT"], asked["closed"]) == (
        "::1",
        "127.0.0.1",
        "8000",
        True,
    )
    assert "HTTP_CONTENT_LENGTH" not in asked


# Faults planted: the claimed charset left in → Django cannot even make the request, or reads nothing; a head of any length
# parsed → ValueError; the boundary left out → no file arrives.
@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ("text/plain; charset=undefined", "text/plain"),
        ("Text/Plain;CHARSET=zlib", "text/plain"),
        ("text/plain; charset*=utf-8''undefined", "text/plain"),
        ('multipart/form-data; boundary="x y"; charset=idna', 'multipart/form-data; boundary="x y"'),
        ("multipart/form-data; charset=utf-7; boundary=----b", 'multipart/form-data; boundary="----b"'),
        ("x" * 20_000, ""),
        ("", ""),
    ],
)
def test_what_a_content_type_claims_of_letters_is_not_believed(
    house: list[dict[str, Any]], claimed: str, kept: str
) -> None:
    assert ask(Line([b"x"], headers={"content-type": claimed})) == [(200, "answer")]
    assert house[0]["CONTENT_TYPE"] == kept
    WSGIRequest(house[0])


# Fault planted: the boundary without its marks.
def test_a_file_arrives_through_the_entrance(house: list[dict[str, Any]]) -> None:
    body = b'--b c\r\nContent-Disposition: form-data; name="list"; filename="a.csv"\r\n\r\nx\r\n--b c--\r\n'
    ask(Line([body], headers={"content-type": 'multipart/form-data; boundary="b c"'}))
    request = WSGIRequest({**house[0], "wsgi.input": io.BytesIO(body)})
    sent = request.FILES.get("list")
    assert sent is not None
    assert sent.read() == b"x"


# Faults planted: the pieces joined before they are sent; the last one left out; the file not closed; ProtocolClosed left to
# the server, which writes a traceback.
@pytest.mark.parametrize("gone", ["", "gone"])
def test_a_long_answer_goes_out_piece_by_piece_and_is_closed(
    house: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    monkeypatch.setattr(rsgi, "PIECE", 4)
    assert ask(Line([], gone=bool(gone))) == ([(200, "")] if gone else [(200, ""), (6, "answer")])
    monkeypatch.setattr(rsgi, "PIECE", 2)
    assert ask(Line([], gone=bool(gone))) == ([(200, "")] if gone else [(200, ""), (2, "an"), (4, "swer")])
    assert [one["closed"] for one in house] == [True, True]


# Fault planted: the size of one piece taken for the end.
def test_an_answer_as_long_as_a_piece_is_sent_once(
    house: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rsgi, "PIECE", 6)
    assert ask(Line([])) == [(200, ""), (6, "answer")]
    monkeypatch.setattr(rsgi, "PIECE", 7)
    assert ask(Line([])) == [(200, "answer")]
