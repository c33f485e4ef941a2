"""Keys over (municipality, id): made from the models, made again without change, and they hold."""

from django.apps import apps
from django.db import connections

from tasuki.records import keys
from tests.conftest import Copy


def constraints() -> dict[str, str]:
    """Return the definition of every key that this module looks after, by name."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname LIKE %s",
            [f"%\\_{keys.MARK}\\_%"],
        )
        return dict(cursor.fetchall())


# Fault planted: _missing() yields only the unique constraints.
def test_every_reference_that_django_does_not_tie_is_tied_by_the_database(database: Copy) -> None:
    wanted = keys.wanted()
    present = constraints()
    assert wanted
    for key in wanted:
        columns = ", ".join(key.columns)
        assert present[key.name].startswith(f"FOREIGN KEY ({columns}) REFERENCES {key.target}(")


# Fault planted: `inside` always false → no composite key is left.
def test_rows_of_a_municipality_point_only_inside_it(database: Copy) -> None:
    inside = [key for key in keys.wanted() if key.columns != ("municipality_id",) and len(key.columns) == 2]
    assert len(inside) > 10
    assert all(key.columns[0] == key.goals[0] == "municipality_id" for key in inside)


# Fault planted: no municipality has a key. (Today no table has only keys that may be empty.)
def test_every_row_of_a_municipality_is_held_by_it(database: Copy) -> None:
    tables = {
        one._meta.db_table: one for one in apps.get_app_config("records").get_models() if keys._has_municipality(one)
    }
    held = {key.table for key in keys.wanted() if key.columns == ("municipality_id",)}
    assert 0 < len(held) < len(tables)
    while more := {
        key.table
        for key in keys.wanted()
        if key.table not in held and key.target in held and len(key.columns) == 2
        and not tables[key.table]._meta.get_field(key.columns[1].removesuffix("_id")).null
    }:  # fmt: skip
        held |= more
    assert held >= set(tables)


# Fault planted: the names that no model asks for are not dropped.
def test_applying_again_changes_nothing_and_a_stray_key_goes(database: Copy) -> None:
    before = constraints()
    table = keys.wanted()[0].table
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT stray_{keys.MARK}_unique UNIQUE (id)")
    keys.apply(connections["owner"])
    keys.apply(connections["owner"])
    assert constraints() == before


# Fault planted: LONGEST_NAME = 90.
def test_names_fit_the_servers_limit_and_differ() -> None:
    long = [keys.Key("records_" + "x" * 60, (f"{'y' * 40}{n}_id",), "records_z", ("id",)).name for n in range(2)]
    names = [*long, *(key.name for key in keys.wanted())]
    assert len(set(names)) == len(names)
    assert max(len(name) for name in names) <= 63
