"""The box that a backup lies in: AES-256-GCM over numbered pieces, so that what was changed, moved, cut or lengthened does not open.

A file is MAGIC, the mark of its key (8 bytes), a salt (32 bytes), then pieces of 1 MiB, each with its tag. Each file has
its own key (HKDF-SHA256 of the operator's key, the salt and what the file is), and the nonce of a piece is its number and
whether it is the last: the construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, with the library's own cipher.
"""

import base64
import binascii
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tasuki.ops import Unfit

MAGIC = b"tasuki-strongbox-1\n"
MARK, SALT, TAG = 8, 32, 16
PIECE = 1 << 20
HEAD = len(MAGIC) + MARK + SALT
KEY_LINE = "tasuki-key-1:"
KEY_WORDS = """\
# たすきのバックアップの鍵です。
# これがないと、バックアップはだれにも開けません。作った人にも、開発元にも開けません。
# バックアップとは別の場所に、2つ以上しまってください(例: 金庫の紙と、金庫のUSBメモリー)。
"""
GZIP = 31  # zlib's word for "with the header and checksum of gzip"


def make_key(path: Path) -> None:
    """Write a new key that only its owner reads. Raises Unfit when something is there already, or nothing can be written."""
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as trouble:
        raise Unfit(
            f"{path} はもうあります。鍵を上書きすると、前のバックアップが開けなくなるので、書きません。"
        ) from trouble
    except OSError as trouble:
        raise Unfit(f"{path} に鍵を書けません（{trouble.strerror}）。") from trouble
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{KEY_WORDS}{KEY_LINE}{key}\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """Return the 32 bytes of a key file. Raises Unfit when it is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [
            base64.b64decode(one.removeprefix(KEY_LINE), validate=True) for one in lines if one.startswith(KEY_LINE)
        ]
    except OSError as trouble:
        raise Unfit(f"鍵 {path} が読めません（{trouble.strerror}）。") from trouble
    except (UnicodeDecodeError, binascii.Error) as trouble:
        raise Unfit(f"鍵 {path} が壊れています。しまってある別の1つを使ってください。") from trouble
    if len(found) != 1 or len(found[0]) != 32:
        raise Unfit(f"{path} は、たすきのバックアップの鍵ではありません。")
    return found[0]


def put(key: bytes, what: str, content: Iterable[bytes], path: Path) -> None:
    """Write `content` into a box at `path`, whole or not at all; it is on the disk when this returns.

    `what` says what the file is; it opens under the same word only.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            head = MAGIC + _mark(key) + secrets.token_bytes(SALT)
            file.write(head)
            cipher = _cipher(key, what, head)
            for number, (piece, last) in enumerate(_pieces(content)):
                file.write(cipher.encrypt(_nonce(number, last=last), piece, head))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _settle(path.parent)
    finally:
        part.unlink(missing_ok=True)


def get(key: bytes, what: str, path: Path) -> Iterator[bytes]:
    """Give the content of a box. What was given counts only once the last piece was: a box that was cut fails there.

    Raises Unfit when it was made with another key, is empty, or is not as it was written.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
        if len(head) < HEAD or not head.startswith(MAGIC):
            raise Unfit(f"{path.name} は空か、途中で切れているか、たすきのバックアップではありません。")
        if head[len(MAGIC) : len(MAGIC) + MARK] != _mark(key):
            raise Unfit(f"{path.name} は、この鍵では開けません。別の鍵で取られたバックアップです。")
        cipher, number, last = _cipher(key, what, head), 0, False
        piece = file.read(PIECE + TAG)
        while not last:
            after = file.read(PIECE + TAG)
            last = not after
            try:
                yield cipher.decrypt(_nonce(number, last=last), piece, head)
            except (InvalidTag, ValueError) as trouble:
                raise Unfit(f"{path.name} は壊れています（書いたときと違うか、途中で切れています）。") from trouble
            piece, number = after, number + 1


def pressed(content: Iterable[bytes]) -> Iterator[bytes]:
    """Give the same, compressed (gzip, the quickest level)."""
    press = zlib.compressobj(1, wbits=GZIP)
    for piece in content:
        yield press.compress(piece)
    yield press.flush()


class Unpressed:
    """A file to read from, once, of compressed content; `read` gives less than asked for at the end only."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._content = iter(content)
        self._press = zlib.decompressobj(wbits=GZIP)
        self._kept, self._place = b"", 0

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes. Raises Unfit where the content is no compressed one."""
        while len(self._kept) - self._place < size and (piece := next(self._content, None)) is not None:
            try:
                self._kept, self._place = self._kept[self._place :] + self._press.decompress(piece), 0
            except zlib.error as trouble:
                raise Unfit("バックアップの中身が読めません。別のバックアップを使ってください。") from trouble
        found = self._kept[self._place : self._place + size]
        self._place += len(found)
        return found

    def finish(self) -> None:
        """Read to the end, so that the box's last piece is looked at too."""
        while self.read(PIECE):
            pass


def _pieces(content: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    kept = bytearray()
    for some in content:
        kept += some
        while len(kept) > PIECE:
            yield bytes(kept[:PIECE]), False
            del kept[:PIECE]
    yield bytes(kept), True


def _derived(key: bytes, salt: bytes, info: str, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=f"tasuki strongbox 1 {info}".encode()).derive(key)


def _mark(key: bytes) -> bytes:
    return _derived(key, b"", "mark", MARK)


def _cipher(key: bytes, what: str, head: bytes) -> AESGCM:
    return AESGCM(_derived(key, head[-SALT:], f"file {what}", 32))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
