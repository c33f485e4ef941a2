"""The floor: the same rows as the product's pages, one statement a page, HTML from plain strings, no framework and no law.

Served by the product's own server: `granian bench.peers.floor:application`, the database in BENCH_DSN. Whoever names
themselves in the address is believed: there is no sign-in, no session, no token, no footprint, no refusal.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import psycopg
from psycopg.rows import dict_row

type Values = dict[str, Any]

IN_FULL = 25  # the product's page has as many records in full, and all others as marks of its timeline
_PEOPLE = """
    SELECT array_agg(p.name ORDER BY m.joined_at, p.registered_at, p.id) AS names,
           (array_agg(p.id ORDER BY m.joined_at, p.registered_at, p.id))[1] AS first,
           (array_agg(p.kana ORDER BY m.joined_at, p.registered_at, p.id))[1] AS kana,
           (array_agg(p.area ORDER BY m.joined_at, p.registered_at, p.id))[1] AS area
    FROM records_caseperson m JOIN records_person p ON p.id = m.person_id JOIN peers.sees v ON v.staff = %(staff)s AND v.row = p.id
    WHERE m.case_id = c.id AND m.left_at IS NULL
"""
# What is asked for each call, by its name; the SQL limit times these and nothing else.
STATEMENTS = {
    "cases": f"""
        SELECT c.id, c.state, f.names, f.kana, f.area, g.name AS holder, h.since, count(*) OVER () AS total,
               (SELECT min(n.number) FROM records_consultation n JOIN records_record r ON r.id = n.record_id WHERE r.case_id = c.id) AS number
        FROM peers.sees s JOIN records_case c ON c.id = s.row LEFT JOIN LATERAL ({_PEOPLE}) f ON true
        LEFT JOIN records_holding h ON h.case_id = c.id AND h.until IS NULL LEFT JOIN records_agency g ON g.id = h.agency_id
        WHERE s.staff = %(staff)s
        ORDER BY (SELECT min(k.key) FROM records_searchkey k WHERE k.person_id = f.first AND k.kind = 'KANA') NULLS LAST,
                 c.opened_at DESC, c.id LIMIT 50
    """,  # noqa: S608  constants only
    "case": f"""
        SELECT c.state, c.opened_at, f.names, r.id, r.written_at, r.kind, g.name AS agency, w.name AS staff, r.text, r.fact, r.opinion
        FROM records_case c LEFT JOIN LATERAL ({_PEOPLE}) f ON true JOIN records_record r ON r.case_id = c.id
        JOIN records_agency g ON g.id = r.agency_id JOIN records_staff w ON w.id = r.staff_id
        WHERE c.id = %(case)s AND (r.staff_id = %(staff)s OR EXISTS (SELECT FROM peers.sees s WHERE s.staff = %(staff)s AND s.row = r.id))
        ORDER BY r.written_at DESC, r.id
    """,  # noqa: S608  constants only
    "search": """
        SELECT DISTINCT p.id, p.name, p.kana, p.born, p.sex, p.area
        FROM records_searchkey k JOIN records_person p ON p.id = k.person_id
        JOIN peers.sees s ON s.staff = %(staff)s AND s.row = p.id
        WHERE k.kind IN ('NAME', 'KANA') AND position(%(key)s IN k.key) > 0 ORDER BY p.kana, p.id LIMIT 100
    """,
    "words": """
        SELECT r.id, r.written_at, r.kind, g.name AS agency, w.name AS staff, r.text, r.fact, r.opinion
        FROM records_record r JOIN peers.sees s ON s.staff = %(staff)s AND s.row = r.id
        JOIN records_agency g ON g.id = r.agency_id JOIN records_staff w ON w.id = r.staff_id
        WHERE word_grams(r.municipality_id, record_words(r.text, r.fact, r.opinion)) @> word_grams(%(town)s, %(word)s)
          AND position(%(word)s IN record_words(r.text, r.fact, r.opinion)) > 0
        ORDER BY r.written_at DESC, r.id LIMIT 50
    """,
    "save": """
        WITH written AS (
            INSERT INTO records_record (id, municipality_id, kind, agency_id, staff_id, case_id, written_at, data_class, scope,
                informant_confidential, text, fact, opinion, method, note_kind, details)
            SELECT %(id)s, c.municipality_id, 'NOTE', c.agency_id, %(staff)s, c.id, %(now)s, 'BASIC', 'CASE_TEAM',
                   false, %(text)s, '', '', '', 'DIRECT', '{}' FROM records_case c WHERE c.id = %(case)s
            RETURNING id, municipality_id, agency_id)
        INSERT INTO records_subject (id, municipality_id, record_id, person_id, agency_id, kind)
        SELECT gen_random_uuid(), w.municipality_id, w.id, m.person_id, w.agency_id, 'NOTE'
        FROM written w, records_caseperson m WHERE m.case_id = %(case)s AND m.left_at IS NULL
    """,
    "figures": """
        SELECT figures(s.municipality_id, %(since)s, %(until)s) AS this, figures(s.municipality_id, %(since_before)s, %(until_before)s) AS last
        FROM records_staff s WHERE s.id = %(staff)s
    """,
}
_HERE = threading.local()


def asked(call: str, values: Values) -> list[dict[str, Any]]:
    """Ask the statement of a call; its rows."""
    if not hasattr(_HERE, "line"):
        _HERE.line = psycopg.connect(os.environ["BENCH_DSN"], autocommit=True, row_factory=dict_row)
    cursor = _HERE.line.execute(STATEMENTS[call], values)
    return cursor.fetchall() if cursor.description else []


def cases(values: Values) -> Iterable[str]:
    """List the cases."""
    found = asked("cases", values)
    yield f"<h1>世帯 {found[0]['total'] if found else 0}件</h1><table>"
    for one in found:
        since = f"{one['since']:%Y-%m-%d}" if one["since"] else ""
        cells = (
            "・".join(one["names"] or ()),
            one["kana"],
            one["state"],
            one["holder"],
            since,
            one["area"],
            one["number"],
        )
        yield f'<tr data-row="{one["id"]}">{"".join(f"<td>{escape(cell or '')}</td>" for cell in cells)}</tr>'
    yield "</table>"


def case(values: Values) -> Iterable[str]:
    """Show a case with its records: the newest in full, the others as they begin."""
    found = asked("case", values)
    if found:
        yield f"<h1>{escape('・'.join(found[0]['names'] or ()))}</h1><p>{found[0]['state']} {found[0]['opened_at']:%Y-%m-%d}</p>"
    yield "<ul>"
    for number, one in enumerate(found):
        told = "　".join(part for part in (one["text"], one["fact"], one["opinion"]) if part)
        told = told if number < IN_FULL else told[:40]
        by = f"{one['agency']}　{one['staff']}"
        yield f'<li data-row="{one["id"]}">{one["written_at"]:%Y-%m-%d} {one["kind"]} {escape(told)} <small>{escape(by)}</small></li>'
    yield "</ul>"


def search(values: Values) -> Iterable[str]:
    """List the people found."""
    yield "<table>"
    for one in asked("search", values):
        cells = (one["name"], one["kana"], one["born"], one["sex"], one["area"])
        yield f'<tr data-row="{one["id"]}">{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
    yield "</table>"


def words(values: Values) -> Iterable[str]:
    """List the records found."""
    yield "<ul>"
    for one in asked("words", values):
        told = "　".join(part for part in (one["text"], one["fact"], one["opinion"]) if part)
        by = f"{one['agency']}　{one['staff']}"
        yield f'<li data-row="{one["id"]}">{one["written_at"]:%Y-%m-%d} {one["kind"]} {escape(told)} <small>{escape(by)}</small></li>'
    yield "</ul>"


def figures(values: Values) -> Iterable[str]:
    """Show the figures of this fiscal year beside the same days of the last."""
    found = asked("figures", values)[0]
    yield "<table>"
    for code, now in found["this"].items():
        yield f'<tr data-row="{code}"><td>{code}</td><td>{escape(str(now))}</td><td>{escape(str(found["last"].get(code)))}</td></tr>'
    yield "</table>"


PAGES: dict[str, Callable[[Values], Iterable[str]]] = {
    "cases": cases,
    "case": case,
    "search": search,
    "words": words,
    "figures": figures,
}


def saved(values: Values) -> Values:
    """Give the values of a record that is written now."""
    return {**values, "id": uuid4(), "now": dt.datetime.now(dt.UTC)}


def save(values: Values) -> str:
    """Write a record; returns where to go on."""
    asked("save", saved(values))
    return f"/case?staff={values['staff']}&case={values['case']}"


def application(environ: Mapping[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """Answer one request (WSGI): /hello, /cases, /case, /search, /words, /figures with their values in the query, POST /save."""
    name = environ["PATH_INFO"].strip("/")
    values: Values = {key: found[0] for key, found in parse_qs(environ["QUERY_STRING"]).items()}
    headers = [("Content-Type", "text/html; charset=utf-8")]
    if environ["REQUEST_METHOD"] == "POST":
        form = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
        to = save({**values, **{key: found[0] for key, found in form.items()}})
        start("303 See Other", [*headers, ("Location", to), ("Content-Length", "0")])
        return [b""]
    body = "".join(PAGES[name](values)) if name in PAGES else "hello"
    page = f"<!doctype html><html lang=ja><title>{name}</title><body>{body}</body></html>".encode()
    start("200 OK", [*headers, ("Content-Length", str(len(page)))])
    return [page]
