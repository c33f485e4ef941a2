-- The role that applies the law: it owns the functions below, reads what the decisions need, and nobody signs in as it.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tasuki_law;

CREATE UNLOGGED TABLE IF NOT EXISTS asker_binding (
    pid integer PRIMARY KEY,
    txid xid8 NOT NULL,
    municipality uuid NOT NULL,
    staff uuid NOT NULL,
    post uuid NOT NULL,
    agency uuid NOT NULL,
    own uuid[] NOT NULL,
    sets text[] NOT NULL,
    at timestamptz NOT NULL
);
-- The hash of the session's key: what belongs to one sign-in (取り出し) is there for no other, not even the same person's.
ALTER TABLE asker_binding ADD COLUMN IF NOT EXISTS session text NOT NULL DEFAULT '';
-- Only a database made for a rehearsal (replay, tests) has a row here; there the clock comes from the script.
CREATE TABLE IF NOT EXISTS rehearsal (since timestamptz NOT NULL DEFAULT now());
REVOKE ALL ON asker_binding, rehearsal FROM PUBLIC, tasuki_app, tasuki_door, tasuki_auditor;
GRANT SELECT, INSERT, UPDATE, DELETE ON asker_binding TO tasuki_law;
GRANT SELECT ON rehearsal TO tasuki_law;
-- That a second person has just confirmed with their own password what somebody is about to end. Only the door writes it, so that
-- the serving role, whatever statement is slipped into it, is never two people.
CREATE UNLOGGED TABLE IF NOT EXISTS second_confirmation (
    target uuid PRIMARY KEY, first uuid NOT NULL, second uuid NOT NULL, at timestamptz NOT NULL
);
REVOKE ALL ON second_confirmation FROM PUBLIC, tasuki_app, tasuki_door, tasuki_auditor;
GRANT SELECT, INSERT, UPDATE, DELETE ON second_confirmation TO tasuki_law;
-- Running numbers per municipality, series and fiscal year; a number says nothing about a person.
CREATE TABLE IF NOT EXISTS number_series (
    municipality uuid NOT NULL, series text NOT NULL, fiscal_year integer NOT NULL, last integer NOT NULL,
    PRIMARY KEY (municipality, series, fiscal_year)
);
REVOKE ALL ON number_series FROM PUBLIC, tasuki_app, tasuki_door, tasuki_auditor;
GRANT SELECT, INSERT, UPDATE ON number_series TO tasuki_law;
