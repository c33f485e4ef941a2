"""The entrance for the web server: what is sent is waited for on a loop, and only a whole request takes a thread (T26)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import close_old_connections
from django.utils.http import parse_header_parameters
from granian.rsgi import (  # type: ignore[attr-defined]  # public there, under aliases
    HTTPProtocol,
    ProtocolClosed,
    ProtocolError,
    Scope,
)

from tasuki.config.wsgi import application as house

SECONDS = 60  # for a whole body: five megabytes over a branch office's line
MOST_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1024 * 1024
IN_MEMORY = 64 * 1024  # of each body; the rest waits on the disk
TOO_SLOW, TOO_LARGE = 408, 413
PIECE = 1024 * 1024  # of an answer: what is longer is a file, and goes out piece by piece
_PLAIN = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), ("connection", "close")]
_SAID = {
    TOO_SLOW: "送信が途中で止まりました。まだ何も保存していません。もう一度送ってください。",
    TOO_LARGE: "送られたものが大きすぎます。まだ何も保存していません。分けて送ってください。",
}
_threads = ThreadPoolExecutor(settings.THREADS, thread_name_prefix="page")


async def application(scope: Scope, protocol: HTTPProtocol) -> None:
    """Answer one request; a body that is too slow or too large is told so, and one that breaks off is forgotten."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
        try:
            async with asyncio.timeout(SECONDS):
                size = await _whole(protocol, body)
        except TimeoutError:
            return protocol.response_str(TOO_SLOW, _PLAIN, _SAID[TOO_SLOW])
        except (ProtocolClosed, ProtocolError):
            return None
        if size > MOST_BYTES:
            return protocol.response_str(TOO_LARGE, _PLAIN, _SAID[TOO_LARGE])
        body.seek(0)
        answer = await _in_a_thread(Answer, _environ(scope, body, size))
        return await _send(protocol, answer)


async def _send(protocol: HTTPProtocol, answer: Answer) -> None:
    """Send an answer, the next piece when the one before has gone; who breaks the line off gets no more of it."""
    if answer.whole:
        return protocol.response_bytes(answer.status, answer.headers, answer.piece)
    try:
        line = protocol.response_stream(answer.status, answer.headers)
        while answer.piece:
            await line.send_bytes(answer.piece)
            answer.piece = await _in_a_thread(answer.following)
    except (ProtocolClosed, ProtocolError):
        return None
    finally:
        answer.close()


async def _in_a_thread[**P, T](ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, partial(ask, *args, **kwargs))


async def _whole(protocol: HTTPProtocol, body: IO[bytes]) -> int:
    """Take the body in, to its end or past MOST_BYTES; returns how many bytes came."""
    size = 0
    async for piece in protocol:
        size += len(piece)
        if size > MOST_BYTES:
            break
        body.write(piece)
    return size


def _environ(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """Say a request as WSGI does (PEP 3333); its length is what came, whatever it claims."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method, "SCRIPT_NAME": "", "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string, "SERVER_NAME": host, "SERVER_PORT": port, "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"), "wsgi.version": (1, 0), "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body, "wsgi.input_terminated": True, "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    for name, value in scope.headers.items():
        if "_" in name:  # it would pass for the header that a proxy writes with hyphens
            continue
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}" if key in environ else value
    environ.pop("HTTP_CONTENT_LENGTH", None)
    kind = _kind(environ.get("CONTENT_TYPE", ""))
    return {**environ, "CONTENT_TYPE": kind, "CONTENT_LENGTH": str(size) if size else ""}


def _kind(claimed: str) -> str:
    """Return a content type with its boundary alone.

    Everything here is UTF-8: no page of ours says another charset, and some that can be claimed decode nothing.
    """
    try:
        kind, told = parse_header_parameters(claimed)
    except ValueError:
        return ""
    boundary = told.get("boundary", "").replace('"', "")
    return f'{kind}; boundary="{boundary}"' if boundary else kind


class Answer:
    """The answer of the house, made in one of the threads: all of it, or its first piece and a file that holds the others."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.status = 0
        self.headers: list[tuple[str, str]] = []
        response = house(environ, self._start)
        self.close: Callable[[], None] = response.close
        self.whole = True
        try:
            self._pieces: Iterator[bytes] = iter(response)
            self.piece = self.following()
            self.whole = len(self.piece) < PIECE
        finally:
            if self.whole:
                self.close()
            else:
                close_old_connections()  # whoever takes it slowly keeps a file waiting, and no connection

    def _start(self, status: str, headers: list[tuple[str, str]], trouble: Any = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return bytes  # Django writes nothing this way

    def following(self) -> bytes:
        """Return the next piece; nothing when there is no more."""
        found = bytearray()
        while len(found) < PIECE and (more := next(self._pieces, b"")):
            found += more
        return bytes(found)
