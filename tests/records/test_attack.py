"""T12: one injected statement as the role that serves stays one person, and learns of nobody else (P5)."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection
from psycopg.errors import InsufficientPrivilege

from tasuki.actions import case
from tests.records.troupe import SPRING, Troupe

# Whoever tries it is refused, whatever the statement wanted.
FORBIDDEN = [
    "SET ROLE tasuki_law", "SET SESSION AUTHORIZATION tasuki_owner", "SET row_security = off; SELECT * FROM records_person",
    "SELECT begin_rehearsal(NULL, now()), bind_asker(asker())", "INSERT INTO asker_binding SELECT * FROM asker_binding",
    "CREATE TABLE public.trap (x int)", "CREATE FUNCTION public.asker_own() RETURNS uuid[] LANGUAGE sql AS 'SELECT NULL'",
    "CREATE OR REPLACE FUNCTION asker_may(permission text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "COPY records_person TO '/tmp/people'", "COPY records_person FROM PROGRAM 'id'", "SELECT pg_read_file('PG_VERSION')",
    "SELECT lo_export(lo_creat(-1), '/tmp/people')", "SELECT * FROM pg_authid", "SELECT pg_ls_dir('.')",
    "CREATE TEMP TABLE records_bar (x int)", "LOCK TABLE records_person IN ACCESS EXCLUSIVE MODE", "CREATE EXTENSION dblink", "ALTER ROLE tasuki_app BYPASSRLS",
    "ALTER TABLE records_person NO FORCE ROW LEVEL SECURITY", "DROP POLICY app_select ON records_person",
    "GRANT tasuki_law TO tasuki_app", "TRUNCATE records_person", "DELETE FROM records_bar", "SELECT * FROM records_signin",
    "EXPLAIN ANALYZE SELECT FROM records_searchkey WHERE key = '霧ヶ洞とみ'", "SELECT max(key) FROM records_searchkey",
    "EXPLAIN ANALYZE SELECT FROM records_contact WHERE address = '霞浜市松風1-1'", "SELECT max(phone) FROM records_contact",
    "UPDATE records_contact SET note = '' WHERE address ^@ '霞浜市'", "UPDATE records_contact SET note = '' RETURNING address",
    "EXPLAIN ANALYZE SELECT FROM records_call WHERE number = '090-0000-0001'",
    "SELECT grounds_of_person(asker(), gen_random_uuid())", "SELECT asker_of(gen_random_uuid(), NULL, now())",
    "UPDATE records_person SET identity = id", "UPDATE records_person SET household_id = gen_random_uuid()",
    "UPDATE records_referral SET closed_at = NULL", "UPDATE records_consentreach SET agency_id = asker_agency()",
    "INSERT INTO records_packrecord SELECT gen_random_uuid(), asker_municipality(), id, id FROM records_record",
    "CREATE TRIGGER watch BEFORE INSERT ON records_person FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
]  # fmt: skip


# Faults planted: GRANT UPDATE on records_person to tasuki_app; GRANT INSERT on records_packrecord to it; GRANT SELECT on the
# whole of records_searchkey, of records_contact and of records_call to it.
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_what_would_lift_the_law_is_refused(troupe: Troupe, statement: str) -> None:
    with pytest.raises(DatabaseError) as told, troupe.acting("hou3", SPRING):
        connection.cursor().execute(statement)
    assert isinstance(told.value.__cause__, InsufficientPrivilege | psycopg.errors.InvalidParameterValue), told.value


# Fault planted: search_path left out of asker().
def test_a_shadow_of_our_functions_and_tables_is_not_looked_at(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.change(f'GRANT TEMP ON DATABASE "{troupe.copy.name}" TO tasuki_app')  # if that wall fell, this one stands
    shadows = [
        "CREATE TEMP TABLE records_subject AS SELECT gen_random_uuid() AS id, %(one)s::uuid AS person_id, asker_agency() AS agency_id, 'RECEIVE'::text AS kind",
        "CREATE TEMP TABLE asker_binding AS SELECT (asker()).*",
        "UPDATE pg_temp.asker_binding SET staff = %(staff)s, agency = %(agency)s, own = ARRAY[%(agency)s::uuid]",
        "GRANT SELECT ON pg_temp.records_subject, pg_temp.asker_binding TO PUBLIC",
        "SET LOCAL search_path = pg_temp, public",
    ]
    values = {"one": one, "staff": troupe.staff["hou3"], "agency": troupe.agencies["HOU3"]}
    with troupe.acting("jiritsu", troupe.last), connection.cursor() as cursor:
        for statement in shadows:
            cursor.execute(statement, values)
        cursor.execute(
            "SELECT person_ground(%(one)s), asker_staff(), (SELECT count(*) FROM public.records_person)", values
        )
        assert cursor.fetchone() == (None, troupe.staff["jiritsu"], 0)


# Fault planted: asker_staff() that reads a setting of the connection.
@pytest.mark.parametrize("name", ["app.staff", "tasuki.staff", "app.agency", "role", "session_authorization"])
def test_no_setting_makes_somebody_else_of_the_asker(troupe: Troupe, name: str) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    with troupe.acting("jiritsu", troupe.last), connection.cursor() as cursor:
        cursor.execute("SAVEPOINT trick")
        try:
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(troupe.staff["hou3"])])
        except DatabaseError:
            cursor.execute("ROLLBACK TO trick")
        cursor.execute(
            "SELECT asker_staff(), count(*) FROM records_person GROUP BY 1 UNION ALL SELECT asker_staff(), 0"
        )
        assert set(cursor.fetchall()) == {(troupe.staff["jiritsu"], 0)}


# One statement for each function that answers yes or no about an id: a person's, a record's, a case's.
ASKED = [
    "person_ground", "sees_address", "asker_knows", "asker_sees", "address_is_protected", "same_people", "is_unwritten",
]  # fmt: skip


# Fault planted: same_people() without asker_knows().
@pytest.mark.parametrize("function", [one for one in ASKED if one != "is_unwritten"])
def test_who_is_not_seen_answers_like_who_was_never_there(troupe: Troupe, function: str) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    said = troupe.seen("jiritsu", f"SELECT {function}(%s)::text", one)
    assert said == troupe.seen("jiritsu", f"SELECT {function}(%s)::text", uuid4())


# Fault planted: may_write_about() that leaves a stranger to the foreign key.
def test_who_is_barred_cannot_tell_the_barred_from_the_missing(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    mine = troupe.register("jiritsu", "B", "霧ヶ洞 透")
    troupe.receive("jiritsu", mine)
    (own,) = troupe.truth("SELECT id FROM records_record WHERE agency_id = %s", troupe.agencies["JIRITSU"])
    troupe.change(
        "INSERT INTO records_bar (id, municipality_id, person_id, agency_id, since, end_reason) VALUES (gen_random_uuid(), %s, %s, %s, %s, '')",
        troupe.town, one, troupe.agencies["JIRITSU"], SPRING,
    )  # fmt: skip
    row = "INSERT INTO records_subject (id, municipality_id, record_id, person_id, agency_id, kind) VALUES (gen_random_uuid(), %s, %s, %s, %s, 'RECEIVE')"
    told = []
    for person in (one, uuid4()):
        with pytest.raises(DatabaseError) as said, troupe.acting("jiritsu", troupe.last):
            connection.cursor().execute(row, [troupe.town, own, person, troupe.agencies["JIRITSU"]])
        told.append(str(said.value))
    assert told[0] == told[1]
    assert "row-level security" in told[0]
    assert troupe.ground("hou3", "case", of) == "HOLDER"


# Fault planted: WITH CHECK of records_consentreach without `ended_at IS NOT NULL`.
def test_a_consent_that_was_withdrawn_does_not_come_back(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    troupe.consent("hou3", one, "JIRITSU")
    with pytest.raises(DatabaseError, match="row-level security"), troupe.acting("hou3", troupe.last):
        connection.cursor().execute("UPDATE records_consentreach SET ended_at = NULL")


# Fault planted: `identity = id` left out of policies/person.sql.
def test_nobody_registers_a_person_as_somebody_else(troupe: Troupe) -> None:
    one = troupe.register("hou3", "A")
    troupe.receive("hou3", one)
    (home,) = troupe.truth("SELECT household_id FROM records_person WHERE id = %s", one)
    columns = "id, municipality_id, household_id, identity, name, kana, alias, born, sex, language, relation, lives_with, labels, key_person, area, died_on, registered_at, version"
    statement = f"INSERT INTO records_person ({columns}) VALUES (gen_random_uuid(), %s, %s, %s, '', '', '', '', '', '', '', true, '{{}}', false, '', '', now(), 1)"
    with pytest.raises(DatabaseError, match="row-level security"), troupe.acting("jiritsu", troupe.last):
        connection.cursor().execute(statement, [troupe.town, home, one])


# Fault planted: may_write_in_case() made true.
def test_nobody_writes_their_way_into_a_case(troupe: Troupe) -> None:
    from tasuki.records.asker import Invisible

    one = troupe.register("hou3", "A")
    of = troupe.receive("hou3", one)
    mine = troupe.register("jiritsu", "B", "霧ヶ洞 透")
    troupe.receive("jiritsu", mine)
    with pytest.raises(Invisible):
        troupe.act("jiritsu", case.note, case=of, people=[mine], what=case.Note(text="台所"))
    assert troupe.ground("jiritsu", "case", of) is None
