-- 取り出し: whether what a file shows may still be seen, and its end. A file is on its way for an hour at most, and is no record.
GRANT DELETE ON records_export, records_exportpiece TO tasuki_law;
GRANT UPDATE (persons) ON records_export TO tasuki_law;

-- Whether the asker still sees everybody whom a file shows, as when it was read: nobody is out of sight, no consent that reached
-- the asker's agency has ended since, whichever class it was of, and no protection began. What was done when the reading began
-- may be dated a little before it.
CREATE OR REPLACE FUNCTION still_shown(persons uuid[], read_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), shown AS MATERIALIZED (SELECT DISTINCT x.id FROM unnest(persons) AS x(id))
    SELECT NOT EXISTS (SELECT FROM shown s WHERE s.id NOT IN (SELECT v.id FROM visible_people() v))
       AND NOT EXISTS (SELECT FROM a JOIN records_consentreach r ON r.agency_id = a.agency AND r.since <= read_at
                           AND (r.ended_at > read_at - interval '10 seconds'
                                OR (r.ended_at IS NULL AND r.until >= day_of(read_at) AND r.until < day_of(a.at)))
                       JOIN records_person p ON p.id = r.person_id JOIN records_person o ON o.identity = p.identity
                       JOIN shown s ON s.id = o.id)
       AND NOT EXISTS (SELECT FROM a JOIN records_protection x ON x.municipality_id = a.municipality
                           AND x.since > read_at - interval '10 seconds'
                       JOIN records_person p ON p.id = x.person_id JOIN records_person o ON o.identity = p.identity
                       JOIN shown s ON s.id = o.id)
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
        WHERE e.state = 'READY' AND (e.until <= at OR s.ended_at IS NOT NULL OR s.expires_at <= at));
BEGIN
    UPDATE records_export SET persons = '{}' WHERE id = ANY(over) AND persons <> '{}';
    DELETE FROM records_exportpiece x USING records_export e
    WHERE e.id = x.export_id AND (e.id = ANY(over) OR e.asked_at < at - interval '1 day');
    DELETE FROM records_export WHERE asked_at < at - interval '1 day';
    RETURN cardinality(over);
END $$;
