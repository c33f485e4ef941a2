-- 取り出し: whether what a file shows may still be seen, and its end. A file is on its way for an hour at most, and is no record.
GRANT DELETE ON records_export, records_exportpiece TO tasuki_law;
GRANT UPDATE (persons) ON records_export TO tasuki_law;

-- Of whom the asker may see less than when something was read: a consent that reached the asker's agency has ended since,
-- whichever class it was of, or somebody was barred from the asker or is protected since. Asked every few seconds while a file is
-- made, so it looks at what happened and not at whom the file shows. What was done when the reading began may be dated a little
-- before it. The numbers are for still_shown() alone: they would tell whom somebody protects.
CREATE OR REPLACE FUNCTION seen_less_since(read_at timestamptz) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), b AS MATERIALIZED (SELECT read_at - interval '10 seconds' AS at), happened AS (
        SELECT r.person_id FROM a, b, records_consentreach r
        WHERE r.agency_id = a.agency AND r.since <= read_at
          AND (r.ended_at > b.at OR (r.ended_at IS NULL AND r.until >= day_of(read_at) AND r.until < day_of(a.at)))
        UNION SELECT r.person_id FROM a, b, records_bar r
        WHERE r.municipality_id = a.municipality AND r.since > b.at AND (r.agency_id = a.agency OR r.staff_id = a.staff)
        UNION SELECT r.person_id FROM a, b, records_protection r WHERE r.municipality_id = a.municipality AND r.since > b.at
    )
    SELECT coalesce(array_agg(DISTINCT o.id), '{}') FROM happened h JOIN records_person p ON p.id = h.person_id
    JOIN records_person o ON o.identity = p.identity
$$;

CREATE OR REPLACE FUNCTION less_is_seen_since(read_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT cardinality(seen_less_since(read_at)) > 0 $$;

-- Whether the asker still sees everybody whom a file shows, and no less of them than when it was read.
CREATE OR REPLACE FUNCTION still_shown(persons uuid[], read_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT persons && seen_less_since(read_at)
       AND NOT EXISTS (SELECT FROM unnest(persons) AS s(id) WHERE s.id NOT IN (SELECT v.id FROM visible_people() v))
$$;

-- Erase the asker's own file at once: it was given up, or may not be given out any more.
CREATE OR REPLACE FUNCTION drop_export(which uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE records_export SET persons = '{}'
    WHERE id = which AND municipality_id = asker_municipality() AND staff_id = asker_staff() AND session = asker_session();
    IF FOUND THEN
        DELETE FROM records_exportpiece WHERE export_id = which AND municipality_id = asker_municipality();
    END IF;
END $$;

-- Erase, in every town, the files whose time or whose session is over; who asked for which is forgotten a day later. Returns how
-- many files. Until then no policy shows them.
CREATE OR REPLACE FUNCTION forget_exports(at timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    over uuid[] := ARRAY(
        SELECT e.id FROM records_export e LEFT JOIN records_signin s ON s.key_hash = e.session
        WHERE e.state = 'READY' AND (e.until <= at OR s.ended_at IS NOT NULL OR s.expires_at <= at)
          AND EXISTS (SELECT FROM records_exportpiece x WHERE x.export_id = e.id));
BEGIN
    UPDATE records_export SET persons = '{}' WHERE id = ANY(over);
    DELETE FROM records_exportpiece x USING records_export e
    WHERE e.id = x.export_id AND (e.id = ANY(over) OR e.asked_at < at - interval '1 day');
    DELETE FROM records_export WHERE asked_at < at - interval '1 day';
    RETURN cardinality(over);
END $$;
