"""What nobody should send: values for a field, and whole bodies, from a seeded chance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_plus

from tests.web.hostile.forms import Field, Form

URLENCODED = "application/x-www-form-urlencoded"
MARK = "書きかけの言葉"
TOKEN = "t" * 32  # the browser's own half of the form's token
OF_THE_HOUSE = frozenset({"csrfmiddlewaretoken", "form_key"})
NIL = "00000000-0000-0000-0000-000000000000"
FOREIGN = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f"  # an agency and somebody of another town, who are there
# By name, so that a failure says what was sent; bytes are what stands percent-encoded in the body.
_WRITTEN: dict[str, str | bytes] = {
        "empty": "", "only spaces": "　 \t", "NUL": "前\0後", "NUL alone": "\0", "a lone surrogate": b"\xed\xa0\x80",
        "half a letter": b"\xe6\xb8", "no UTF-8": b"\xff\xfe\x00\x31", "Shift_JIS": "港の食堂".encode("cp932"),
        "a megabyte": "港" * 350_000, "a thousand lines": "行\n" * 1000, "control": "\x01\x0b\x1b[31m\x7f\u0085\u202e",
        "noncharacters": "\ufffe\uffff\U0010ffff", "many accents": "か" + "\u3099" * 500, "IVS": "葛\U000e0100飾",
        "markup": "</textarea><script>alert(1)</script>", "a template": "{{ by.session }}{% include 'house/page.html' %}",
        "SQL": "'; DROP TABLE records_person; --", "percent": "%s %(x)s %00 {0} {by}", "a path": "../../../etc/passwd\0.csv",
        "an unknown id": "6f1c2c1e-1111-4111-8111-111111111111", "nobody's id": NIL, "another town's id": FOREIGN, "half an id": "6f1c2c1e-1111", "braces": "{" + NIL + "}",
        "an unknown word": "NO_SUCH_WORD", "lower case": "consent", "a word too much": "CONSENT,CONSENT",
        "minus": "-1", "zero": "0", "a digit that is none": "²", "digits of elsewhere": "٣", "wide digits": "９９９９９９９９９９９",
        "past int4": "2147483648", "past int8": "9" * 30, "past Python": "9" * 5000, "a fraction": "1.5", "not a number": "NaN",
        "an exponent": "1e9", "a big number": "2000000000", "year zero": "R0.1.1", "令和99年": "令和99年12月31日", "昭和99年": "S99.1.1",
        "the first day": "0001-01-01", "the last day": "9999-12-31", "the last minute": "9999-12-31 23:59", "the first minute": "0001-01-01 00:00",
        "明治": "明治5年1月1日", "no such day": "R8.2.30", "a day of zeros": "1995-00-00", "a clock that is none": "R8.11.26 ²:99",
        "an era without a year": "令和", "long digits": "令和" + "1" * 3000 + "年1月1日",
}  # fmt: skip
VALUES = {name: value.encode() if isinstance(value, str) else value for name, value in _WRITTEN.items()}


@dataclass(frozen=True)
class Sent:
    """One request's body, with words for the report and the texts that must come back when it is refused."""

    words: str
    body: bytes
    kind: str = URLENCODED
    kept: tuple[str, ...] = ()
    unknown: bool = False  # a choice that the form does not offer: it must be refused


def usual(form: Form, chance: Random) -> list[tuple[str, bytes]]:
    """Fill a form in as somebody would: one choice of each, a marked text in every free field."""
    filled: list[tuple[str, bytes]] = []
    for number, one in enumerate(form.fields.values()):
        if one.name in OF_THE_HOUSE:
            continue
        if one.choices:
            filled.append((one.name, chance.choice(one.choices).encode()))
        elif one.is_free:
            filled.append((one.name, f"{MARK} {number}".encode()))
        else:
            filled.append((one.name, one.value.encode() or b"R8.12.1"))
    return filled


def encoded(pairs: list[tuple[str, bytes]], key: str) -> bytes:
    """Give the body of a form; `key` is its form_key, "" for none."""
    pairs = pairs + ([("form_key", key.encode())] if key else [])
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


def kept_of(form: Form, pairs: list[tuple[str, bytes]]) -> tuple[str, ...]:
    """Return the marked texts that must stand on the page again."""
    free = {one.name for one in form.fields.values() if one.is_free}
    return tuple(value.decode() for name, value in pairs if name in free and value.startswith(MARK.encode()))


def one_wrong(form: Form, chance: Random, one: Field, nasty: str, key: str) -> Sent:
    """Give the form filled in, with one nasty value in one field."""
    pairs = [(name, VALUES[nasty] if name == one.name else value) for name, value in usual(form, chance)]
    chosen = VALUES[nasty].decode("utf-8", "replace").strip()
    unknown = bool(one.choices) and one.kind != "button" and bool(chosen) and chosen not in one.choices
    return Sent(f"{one.name} = {nasty}", encoded(pairs, key), kept=kept_of(form, pairs), unknown=unknown)


def many_wrong(form: Form, chance: Random, key: str) -> Sent:
    """Give the form with nasty values in about half of its fields, now and then one twice or left out."""
    pairs = usual(form, chance)
    said = []
    for place, (name, _) in enumerate(pairs):
        if chance.random() < 0.5:
            nasty = chance.choice([name for name in VALUES if name != "a megabyte"])  # one is enough, and stands alone
            said.append(f"{name} = {nasty}")
            pairs[place] = (name, VALUES[nasty])
    if pairs and chance.random() < 0.3:
        pairs.append(chance.choice(pairs))
    if pairs and chance.random() < 0.3:
        said.append(f"without {pairs.pop(chance.randrange(len(pairs)))[0]}")
    return Sent("; ".join(said), encoded(pairs, key), kept=())


def bodies(form: Form, chance: Random, key: str) -> Iterator[Sent]:
    """Give bodies that are no form, or a form in a shape that nobody's browser sends."""
    pairs = usual(form, chance)
    name = pairs[0][0] if pairs else "text"
    body = encoded(pairs, key)
    yield Sent("nothing at all", b"")
    yield Sent("no form_key", encoded(pairs, ""))
    yield Sent("a form_key that is none", encoded(pairs, "x" * 400))
    yield Sent("ten thousand times the same field", encoded([*pairs, *[(name, b"1")] * 10_000], key))
    yield Sent("nine hundred times the same field", encoded([*pairs, *[(name, b"1")] * 900], key))
    yield Sent("six megabytes", encoded([*pairs, (name, b"x" * 6_000_000)], key))
    yield Sent("only separators", b"&&&===&&=&%%%&%zz=%z&" + body)
    yield Sent("raw bytes", bytes(range(256)) * 20)
    yield Sent("JSON", json.dumps({one: "x" for one, _ in pairs}).encode(), "application/json")
    yield Sent("JSON with NUL", json.dumps({one: "\0" for one, _ in pairs}).encode(), "application/json")
    yield Sent("JSON, endless", b"[" * 100_000, "application/json")
    for kind in ("text/plain", "application/xml", "text/html; charset=utf-16", "nonsense", "", "/", "multipart/form-data",
                 "multipart/form-data; boundary=", f"multipart/form-data; boundary={'b' * 300}", "multipart/form-data; boundary=b",
                 f"{URLENCODED}; charset=utf-16", f"{URLENCODED}; charset=no-such"):  # fmt: skip
        yield Sent(f"as {kind[:60]!r}", body, kind)
    part = f'--b\r\nContent-Disposition: form-data; name="{name}"'.encode()
    for said, multi in {
        "a part without an end": part + b"\r\n\r\nx",
        "a file for a field": part + b'; filename="../../x\0.csv"\r\n\r\n\xff\xfe\r\n--b--\r\n',
        "a part without a name": b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
        "broken base64": part + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%A\r\n--b--\r\n",
        "heads without an end": b"--b\r\n" + b"X-A: b\r\n" * 50_000,
        "a thousand files": b"".join(part + f'; filename="{n}"'.encode() + b"\r\n\r\nx\r\n" for n in range(1000))
        + b"--b--\r\n",
        "a name that is no UTF-8": b'--b\r\nContent-Disposition: form-data; name="\xff\xfe"\r\n\r\nx\r\n--b--\r\n',
    }.items():
        yield Sent(said, multi, "multipart/form-data; boundary=b")
