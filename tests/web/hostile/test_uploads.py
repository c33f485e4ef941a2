"""T22 on screen: the one file that a page takes, the list of moves, in every shape that is none."""

from __future__ import annotations

import pytest

from tasuki.web.staff.listing import HEAD, MOST_BYTES
from tests.ops.test_hostile_files import BAD
from tests.web.hostile.conftest import Ground, settled
from tests.web.hostile.nasty import Sent
from tests.web.test_acts import appointed

FIRST = ",".join(HEAD).encode() + b"\r\n"
LISTS: dict[str, bytes] = {
    **{f"a {name} file": content for name, content in BAD.items()},
    "an endless cell": FIRST + b'"' + b"x" * 250_000, "a quote that opens again and again": FIRST + b'"' * 99_999,
    "a hundred thousand columns": FIRST + b"," * 100_000, "five hundred thousand lines": FIRST + b"\n" * 200_000,
    "lines of nobody": FIRST + b"x,x,x,x,x\r\n" * 500, "a line too many": FIRST + b"x,x,x,x,x\r\n" * 501, "lone returns": FIRST + b"a,b\rc,d\re,f\r",
    "NUL everywhere": FIRST + b"\0a\0,\0b\0,\0,\0,\0\r\n", "half a letter": FIRST + b"\xe6\xb8,\x81,\xff,,\r\n", "a name past all measure": FIRST + b"x" * 9_000 + b",,,,",
    "past all measure": FIRST + b"x" * MOST_BYTES, "a formula": FIRST + "＝1+1,=cmd|' /C calc'!A0,@x,-1,\t\r\n".encode(),
}  # fmt: skip
NAMES = (
    "moves.csv",
    "../../../etc/passwd",
    "..\\..\\boot.ini",
    "a\0b.csv",
    "港" * 200 + ".csv",
    ".htaccess",
    "x.php%00.csv",
    '";filename="y',
)


def upload(name: str, content: bytes, step: str) -> Sent:
    """Give the form of the moves with a file."""
    parts = [("step", step.encode(), ""), ("on", b"R9.4.1", ""), ("list", content, name)]
    body = b"".join(
        f'--b\r\nContent-Disposition: form-data; name="{field}"'.encode()
        + (b'; filename="' + file.encode() + b'"\r\nContent-Type: text/csv' if file else b"")
        + b"\r\n\r\n" + value + b"\r\n"
        for field, value, file in parts
    )  # fmt: skip
    return Sent(
        f"{file_words(name)}, {len(content)} bytes, {step}", body + b"--b--\r\n", "multipart/form-data; boundary=b"
    )


def file_words(name: str) -> str:
    """Say a file's name in a report."""
    return repr(name[:40])


# Faults planted: csv.Error not caught → 500; text_of() without `errors` → 500; the preview entered without being looked at.
@pytest.mark.parametrize("step", ["preview", "enter"])
def test_no_list_of_moves_is_more_than_a_sentence(ground: Ground, step: str) -> None:
    if not ground.before:
        appointed(ground.stage)
        settled(ground)
    client = ground.browser("admin")
    wrong = []
    for place, (said, content) in enumerate(LISTS.items()):
        sent = upload(NAMES[place % len(NAMES)], content, step)
        wrong += [f"{said}: {one}" for one in ground.send(client, "/staff/", sent, never=True)]
    assert not wrong, "\n".join(wrong)
