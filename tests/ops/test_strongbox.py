"""The strongbox opens as it was closed or not at all."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tasuki.ops import Unfit, strongbox
from tasuki.ops.strongbox import PIECE, get, make_key, put, read_key

KEY, OTHER = b"k" * 32, b"o" * 32
TEXT = bytes(range(256)) * (3 * PIECE // 256) + b"end"
HEAD = strongbox.HEAD
SEALED = PIECE + strongbox.TAG


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """Give a box of four pieces."""
    path = tmp_path / "one.box"
    put(KEY, "one", [TEXT[:5], TEXT[5:]], path)
    return path


def content(path: Path, key: bytes = KEY, what: str = "one") -> bytes:
    return b"".join(get(key, what, path))


# Fault planted: the last piece left out by _pieces().
@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_a_box_gives_back_what_was_put_in(tmp_path: Path, size: int) -> None:
    put(KEY, "one", [TEXT[:size]], tmp_path / "b")
    assert content(tmp_path / "b") == TEXT[:size]


def flipped(place: int) -> Callable[[bytes], bytes]:
    return lambda old: old[:place] + bytes([old[place] ^ 1]) + old[place + 1 :]


def pieces_exchanged(old: bytes) -> bytes:
    first, second = HEAD, HEAD + SEALED
    return old[:first] + old[second : second + SEALED] + old[first:second] + old[second + SEALED :]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the head": lambda old: old[: HEAD - 1],
    "cut behind the head": lambda old: old[:HEAD],
    "cut between two pieces": lambda old: old[: HEAD + 2 * SEALED],
    "cut in a piece": lambda old: old[: HEAD + SEALED + 7],
    "without its last byte": lambda old: old[:-1],
    "one byte longer": lambda old: old + b"\0",
    "one piece twice": lambda old: old[: HEAD + SEALED] + old[HEAD:],
    "pieces exchanged": pieces_exchanged,
    "a piece left out": lambda old: old[:HEAD] + old[HEAD + SEALED :],
    "another name of the format": flipped(3),
    "the mark changed": flipped(len(strongbox.MAGIC)),
    "the salt changed": flipped(HEAD - 1),
    "the first byte changed": flipped(HEAD),
    "a byte in the middle changed": flipped(HEAD + SEALED + 1000),
    "the last byte changed": flipped(-1 % (HEAD + 3 * SEALED + 3 + strongbox.TAG)),
}


# Faults planted: the number left out of the nonce; `last` left out of the nonce; decrypt() that passes an InvalidTag.
@pytest.mark.parametrize("kind", BROKEN)
def test_what_was_changed_moved_cut_or_lengthened_does_not_open(box: Path, kind: str) -> None:
    box.write_bytes(BROKEN[kind](box.read_bytes()))
    with pytest.raises(Unfit, match=r"壊れて|空か|この鍵では"):
        content(box)


# Fault planted: the mark not compared → the sentence says that the box is broken.
def test_another_key_is_told_from_a_broken_box(box: Path) -> None:
    with pytest.raises(Unfit, match="この鍵では開けません"):
        content(box, key=OTHER)


# Fault planted: `what` left out of the file's own key.
def test_a_box_opens_only_as_what_it_was_closed(box: Path) -> None:
    with pytest.raises(Unfit, match="壊れて"):
        content(box, what="two")


# Fault planted: the box written under its own name from the beginning.
def test_a_box_that_was_not_finished_is_not_there(tmp_path: Path) -> None:
    def half() -> Iterator[bytes]:
        yield TEXT
        raise Unfit("途中")

    with pytest.raises(Unfit, match="途中"):
        put(KEY, "one", half(), tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


# Fault planted: O_EXCL left out.
def test_a_key_is_its_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "away" / "tasuki.key"
    make_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_key(path)
    assert len(key) == 32
    with pytest.raises(Unfit, match="上書き"):
        make_key(path)
    assert read_key(path) == key
    assert "これがないと" in path.read_text(encoding="utf-8")


# Fault planted: the length of the key not asked.
@pytest.mark.parametrize("text", ["", "tasuki-key-1:\n", "tasuki-key-1:AAAA\n", "tasuki-key-1:%%%\n", "\udcff"])
def test_what_is_no_key_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "k"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Unfit, match="鍵"):
        read_key(path)
    with pytest.raises(Unfit, match="読めません"):
        read_key(tmp_path / "none")
