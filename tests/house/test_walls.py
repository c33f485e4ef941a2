"""The database as it really is: every table closed, every reviewed function fixed, no role above its place."""

import re

import pytest

from tasuki.ops.database import APP, AUDITOR, BACKUP, DOOR, LAW, OWNER
from tasuki.records import policies
from tests.conftest import Copy

# The municipality itself, and the door: one person may sign in for several municipalities.
WITHOUT_MUNICIPALITY = (
    "records_municipality", "records_account", "records_signin", "records_factor", "records_doorline", "records_knock",
)  # fmt: skip


def rows(database: Copy, question: str, *values: object) -> list[str]:
    """Return the first column of the answer, asked as the owner."""
    with database.connect(OWNER) as connection:
        return [str(row[0]) for row in connection.execute(question, values)]


# Fault planted: policies/account.sql renamed.
def test_every_table_has_a_policy_file_that_opens_with_a_sentence(database: Copy) -> None:
    tables = rows(database, "SELECT tablename FROM pg_tables WHERE tablename ^@ 'records_' ORDER BY 1")
    files = sorted((policies.SQL / "policies").glob("*.sql"))
    assert tables == sorted(policies.PREFIX + path.stem for path in files)
    everything = [*files, *(policies.SQL / "functions").glob("*.sql")]
    assert [path.name for path in everything if not path.read_text(encoding="utf-8").startswith("-- ")] == []


# Fault planted: FORCE left out of policies._close().
def test_every_table_is_closed_even_to_its_owner(database: Copy) -> None:
    question = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND relname ^@ 'records_' AND NOT (relrowsecurity AND relforcerowsecurity)"
    )
    assert rows(database, question) == []


# Fault planted: GRANT TRUNCATE in policies/case.sql.
@pytest.mark.parametrize("role", [APP, DOOR, AUDITOR])
def test_no_serving_role_can_pass_by_the_policies(database: Copy, role: str) -> None:
    question = (
        "SELECT relname || ' ' || right_ FROM pg_class, unnest(ARRAY['TRUNCATE', 'REFERENCES', 'TRIGGER']) right_"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
        " AND has_table_privilege(%s, oid, right_)"
    )
    assert rows(database, question, role) == []


@pytest.mark.parametrize("role", [APP, DOOR, AUDITOR, BACKUP])
def test_nobody_who_serves_deletes_a_row(database: Copy, role: str) -> None:
    question = "SELECT tablename FROM pg_tables WHERE tablename ^@ 'records_' AND has_table_privilege(%s, tablename::regclass, 'DELETE')"
    assert rows(database, question, role) == []


# Fault planted: GRANT INSERT to the auditor in policies/journalline.sql.
@pytest.mark.parametrize("role", [AUDITOR, BACKUP])
def test_who_looks_cannot_write(database: Copy, role: str) -> None:
    question = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND (has_any_column_privilege(%s, oid, 'INSERT, UPDATE') OR has_table_privilege(%s, oid, 'DELETE'))"
    )
    assert rows(database, question, role, role) == []


# Fault planted: a function without SET search_path; one that is left with the owner.
def test_every_reviewed_function_belongs_to_the_law_and_fixes_its_search_path(database: Copy) -> None:
    question = (
        "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND ("
        " pg_get_userbyid(proowner) <> %s OR NOT EXISTS (SELECT FROM unnest(proconfig) c WHERE c ^@ 'search_path='))"
    )
    assert rows(database, question, LAW) == []


# Fault planted: a plain view over records_case.
def test_no_view_lends_its_owners_eyes(database: Copy) -> None:
    question = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm'"
        " OR relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false))"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = 'e')"
    )
    assert rows(database, question) == []


# Fault planted: ALTER DEFAULT PRIVILEGES taken out of policies._close().
def test_no_function_or_table_of_ours_is_open_to_everybody(database: Copy) -> None:
    question = (
        "SELECT proname FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) a"
        " WHERE pronamespace = 'public'::regnamespace AND a.grantee = 0"
        " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        " UNION ALL SELECT relname FROM pg_class, aclexplode(relacl) a"
        " WHERE relnamespace = 'public'::regnamespace AND a.grantee = 0"
    )
    assert rows(database, question) == []


# Fault planted: OFFSET 0 taken out of policies/sitting.sql; "EXISTS (SELECT FROM records_case …)" put back into policies/holding.sql.
def test_no_policy_lets_the_planner_gather_all_that_has_a_ground(database: Copy) -> None:
    """Decision 0027: EXISTS over a table with grounds may be hashed, and then asks every row of the town for its ground."""
    with database.connect(OWNER) as connection:
        found = connection.execute("SELECT tablename, qual FROM pg_policies WHERE qual IS NOT NULL").fetchall()
    grounded = {table for table, qual in found if "_ground(" in qual or "asker_knows(" in qual}
    assert len(grounded) > 20
    searched = {(table, qual): re.findall(r"EXISTS \( SELECT\s+FROM \(*(\w+)", qual) for table, qual in found}
    assert [
        table
        for (table, qual), names in searched.items()
        if len([one for one in names if one in grounded]) > qual.count("OFFSET 0")
    ] == []


# Fault planted: a table of records made without its municipality.
def test_every_table_names_its_municipality(database: Copy) -> None:
    question = (
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND relname ^@ 'records_' AND relname <> ALL (%s) AND NOT EXISTS (SELECT FROM pg_attribute"
        " WHERE attrelid = c.oid AND attname = 'municipality_id' AND attnotnull)"
    )
    assert rows(database, question, list(WITHOUT_MUNICIPALITY)) == []
