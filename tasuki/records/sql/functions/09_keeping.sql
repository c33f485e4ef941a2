-- 保存 (T32): the class of an ended case, what holds it back, and putting it away. Who guards the data acts; who manages reads
-- numbers and days; nothing here gives a name or a text to anybody.

-- The last day of the fiscal year of a day, some years later: tasuki.rules.keeping.keep_until says the same.
CREATE OR REPLACE FUNCTION kept_until(ended date, years integer) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT make_date(extract(year FROM ended)::integer + (extract(month FROM ended) > 3)::integer + years, 3, 31)
$$;

-- The classes that a case of a town may have, from the town's own setting that is in force.
CREATE OR REPLACE FUNCTION classes_of_cases(town uuid) RETURNS TABLE (key text, name text, years integer, source text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.c ->> 'key', coalesce(e.c ->> 'name', e.c ->> 'key'), (e.c ->> 'years')::numeric::integer,
           concat_ws('　', e.c ->> 'source', (e.c ->> 'effective') || ' から')
    FROM (SELECT s.body FROM records_setting s WHERE s.municipality_id = town AND s.section = 'retention'
          ORDER BY s.since DESC, s.id DESC LIMIT 1) now,
         jsonb_array_elements(CASE jsonb_typeof(now.body) WHEN 'array' THEN now.body ELSE '[]' END) WITH ORDINALITY e(c, place)
    -- A setting is what somebody typed: what has no number of years is no class.
    WHERE e.c ->> 'starts' = '終結年度末' AND e.c ->> 'key' <> '' AND length(e.c ->> 'key') <= 40 AND length(e.c ->> 'name') <= 120
      AND CASE jsonb_typeof(e.c -> 'years') WHEN 'number' THEN (e.c ->> 'years')::numeric BETWEEN 0 AND 100 ELSE false END
    ORDER BY e.place
$$;

-- The people of a case who stand nowhere else: in no case that is not put away, in no record of one, on no item that is not
-- this case's alone, in nothing that was written since the case ended. They rest with it; the others stay where they are.
CREATE OR REPLACE FUNCTION people_who_rest(c uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH k AS (SELECT * FROM records_case WHERE id = c), mine AS MATERIALIZED (
        SELECT p.person_id FROM records_caseperson p WHERE p.case_id = c
        UNION SELECT s.person_id FROM records_record r JOIN records_subject s ON s.record_id = r.id WHERE r.case_id = c
    )
    SELECT coalesce(array_agg(m.person_id), '{}') FROM mine m, k
    WHERE NOT EXISTS (SELECT FROM records_caseperson p WHERE p.person_id = m.person_id AND p.left_at IS NULL AND p.case_id <> c
                      AND NOT case_is_kept(p.case_id))
      AND NOT EXISTS (SELECT FROM records_subject s JOIN records_record r ON r.id = s.record_id
                      WHERE s.person_id = m.person_id AND r.archived_at IS NULL AND (
                          (r.case_id <> c AND NOT case_is_kept(r.case_id))
                          OR (r.case_id IS NULL AND r.written_at > k.ended_at AND r.kind IN (
                              'NOTICE', 'NOTE', 'VISIT', 'ASSESSMENT', 'WATCH', 'ADVICE', 'CONSENT', 'BREAK_GLASS'))))
      AND NOT EXISTS (SELECT FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
                      JOIN records_sitting t ON t.id = i.sitting_id
                      WHERE x.person_id = m.person_id AND i.archived_at IS NULL AND (
                          (i.case_id <> c AND NOT case_is_kept(i.case_id))
                          OR (i.case_id IS NULL AND (t.state <> 'HELD' OR EXISTS (
                              SELECT FROM records_itemperson o WHERE o.item_id = i.id AND o.person_id NOT IN (SELECT n.person_id FROM mine n))))))
$$;

-- What of a case still goes on (rules.keeping.Remaining), '' when nothing does.
CREATE OR REPLACE FUNCTION what_remains(c uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN EXISTS (SELECT FROM records_task t WHERE t.case_id = c AND t.done_at IS NULL) THEN 'TASK'
        WHEN EXISTS (SELECT FROM records_watch w WHERE w.case_id = c AND w.ended_at IS NULL) THEN 'WATCH'
        WHEN EXISTS (SELECT FROM records_strand s WHERE s.case_id = c AND s.ended_at IS NULL) THEN 'STRAND'
        WHEN EXISTS (SELECT FROM records_referral f WHERE f.case_id = c AND f.state = 'OFFERED') THEN 'REFERRAL'
        WHEN EXISTS (SELECT FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
                     WHERE i.case_id = c AND t.state = 'SUMMONED') THEN 'SITTING'
        WHEN EXISTS (SELECT FROM records_agendaitem i JOIN records_materialrequest q ON q.item_id = i.id
                     WHERE i.case_id = c AND q.state = 'ASKED') THEN 'REQUEST'
        WHEN EXISTS (SELECT FROM records_match m WHERE m.case_id = c AND m.started_at IS NOT NULL AND m.ended_at IS NULL) THEN 'MATCH'
        WHEN EXISTS (SELECT FROM records_protection x WHERE x.ended_at IS NULL AND x.person_id = ANY(people_who_rest(c))) THEN 'PROTECTION'
        ELSE '' END
$$;

CREATE OR REPLACE FUNCTION is_stayed(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_stay h WHERE h.case_id = c AND h.lifted_at IS NULL)
$$;

-- Whether a stay may be set on a case: it has ended and is not erased.
CREATE OR REPLACE FUNCTION may_stay(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_case k WHERE k.id = c AND k.municipality_id = asker_municipality()
                   AND k.state IN ('ENDED', 'RETURNED', 'CLOSED', 'ARCHIVED'))
$$;

-- Somebody who was put away with an earlier case, and stands in none that goes on.
CREATE OR REPLACE FUNCTION is_left_behind(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_subject s WHERE s.person_id = p AND s.kind = 'KEPT')
       AND NOT EXISTS (SELECT FROM records_caseperson c WHERE c.person_id = p AND c.left_at IS NULL AND NOT case_is_kept(c.case_id))
$$;

-- Put a case away: the one place that does. Asks again what its callers asked.
CREATE OR REPLACE FUNCTION put_away(c uuid, at timestamptz, who uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k records_case;
    resting uuid[];
    put uuid[];
BEGIN
    SELECT * INTO k FROM records_case WHERE id = c AND state IN ('ENDED', 'RETURNED', 'CLOSED') FOR UPDATE;
    IF NOT FOUND OR k.ended_at IS NULL OR is_stayed(c) OR what_remains(c) <> ''
       OR NOT EXISTS (SELECT FROM records_keeping WHERE case_id = c AND archived_at IS NULL) THEN
        RAISE EXCEPTION 'not to be put away' USING ERRCODE = '42501';
    END IF;
    resting := people_who_rest(c);
    -- Its own records, and those of no case that are about nobody but people who rest, now or since an earlier case.
    put := ARRAY(SELECT r.id FROM records_record r WHERE r.case_id = c UNION
                 SELECT r.id FROM records_subject s JOIN records_record r ON r.id = s.record_id
                 WHERE s.person_id = ANY(resting) AND r.case_id IS NULL AND r.sitting_id IS NULL AND NOT EXISTS (
                     SELECT FROM records_subject o WHERE o.record_id = r.id AND NOT o.person_id = ANY(resting) AND NOT is_left_behind(o.person_id)));
    UPDATE records_record SET archived_at = at WHERE id = ANY(put) AND archived_at IS NULL;
    UPDATE records_subject SET kind = 'KEPT' WHERE record_id = ANY(put) OR (kind IN ('SUMMONS', 'SITTING') AND person_id = ANY(resting));
    UPDATE records_agendaitem i SET archived_at = at WHERE i.archived_at IS NULL AND (i.case_id = c OR (i.case_id IS NULL
        AND EXISTS (SELECT FROM records_itemperson x WHERE x.item_id = i.id AND x.person_id = ANY(resting))
        AND NOT EXISTS (SELECT FROM records_itemperson x WHERE x.item_id = i.id AND NOT x.person_id = ANY(resting))));
    UPDATE records_consentreach SET ended_at = at WHERE person_id = ANY(resting) AND ended_at IS NULL;
    UPDATE records_keeping SET archived_at = at, archived_by_id = who, ended_on = day_of(k.ended_at),
        keep_until = kept_until(day_of(k.ended_at), years) WHERE case_id = c;
    UPDATE records_case SET state = 'ARCHIVED', version = version + 1 WHERE id = c;
END $$;

-- The number under which a case was received first.
CREATE OR REPLACE FUNCTION number_of_case(c uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(min(n.number), '') FROM records_record r JOIN records_consultation n ON n.record_id = r.id WHERE r.case_id = c
$$;

-- The class of an ended case, chosen among the town's own.
CREATE OR REPLACE FUNCTION classify_case(c uuid, class text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k records_case;
    d record;
BEGIN
    SELECT * INTO k FROM records_case WHERE id = c AND municipality_id = asker_municipality() AND state IN ('ENDED', 'RETURNED', 'CLOSED');
    IF NOT FOUND OR k.ended_at IS NULL OR NOT asker_may('PRIV') THEN RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501'; END IF;
    SELECT * INTO STRICT d FROM classes_of_cases(k.municipality_id) x WHERE x.key = class;
    INSERT INTO records_keeping AS o (id, municipality_id, case_id, number, class_key, class_name, years, source, ended_on, keep_until,
        set_at, set_by_id, approval, rows, persons)
    VALUES (gen_random_uuid(), k.municipality_id, c, number_of_case(c), d.key, d.name, d.years, d.source, day_of(k.ended_at),
        kept_until(day_of(k.ended_at), d.years), asker_at(), asker_staff(), '', 0, 0)
    ON CONFLICT (municipality_id, case_id) DO UPDATE SET class_key = d.key, class_name = d.name, years = d.years, source = d.source,
        ended_on = excluded.ended_on, keep_until = excluded.keep_until, set_at = asker_at(), set_by_id = asker_staff();
END $$;

-- T32 by the privacy officer.
CREATE OR REPLACE FUNCTION archive_case(c uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT asker_may('PRIV') OR NOT EXISTS (SELECT FROM records_case k WHERE k.id = c AND k.municipality_id = asker_municipality()) THEN
        RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501';
    END IF;
    PERFORM put_away(c, asker_at(), asker_staff());
END $$;

-- T32 by the system, in every town: what has a class, whose fiscal year of ending is over, which nothing holds back. Its line
-- in the journal names nobody. Returns how many.
CREATE OR REPLACE FUNCTION archive_due(at timestamptz) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    nobody CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
    d record;
    done integer := 0;
BEGIN
    PERFORM pg_current_xact_id();  -- a line of the journal takes its number in a transaction that has one already (08_footprint)
    FOR d IN SELECT k.id, k.municipality_id FROM records_keeping w JOIN records_case k ON k.id = w.case_id
             WHERE w.archived_at IS NULL AND k.state IN ('ENDED', 'RETURNED', 'CLOSED')
               AND kept_until(day_of(k.ended_at), 0) < day_of(at) AND NOT is_stayed(k.id) AND what_remains(k.id) = '' ORDER BY k.ended_at, k.id LOOP
        PERFORM put_away(d.id, at, NULL);
        INSERT INTO records_journalline (id, municipality_id, at, staff, agency, post, terminal, act, target, "case", facts)
        VALUES (gen_random_uuid(), d.municipality_id, at, nobody, nobody, NULL, '', 'archive', d.id, d.id, '{"by": "system"}');
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;

-- What the rules of the keeping ask about one ended case of the town; no row for who neither guards nor manages.
CREATE OR REPLACE FUNCTION keeping_facts(c uuid)
RETURNS TABLE (state text, number text, class_key text, until date, stayed boolean, remaining text, proposed_by uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.state, coalesce(nullif(w.number, ''), number_of_case(k.id)), coalesce(w.class_key, ''), w.keep_until, is_stayed(k.id),
           CASE WHEN case_is_kept(k.id) THEN '' ELSE what_remains(k.id) END, w.proposed_by_id
    FROM records_case k LEFT JOIN records_keeping w ON w.case_id = k.id
    WHERE k.id = c AND k.municipality_id = asker_municipality() AND (asker_may('PRIV') OR asker_may('MGR'))
      AND k.state IN ('ENDED', 'RETURNED', 'CLOSED', 'ARCHIVED', 'DISPOSED')
$$;

-- Every ended case of the town on its way to disposal: numbers, days and codes, no person.
CREATE OR REPLACE FUNCTION keepings()
RETURNS TABLE (of_case uuid, state text, stage text, number text, agency text, ended_on date, class_key text, class_name text,
               keep_until date, stayed boolean, proposed_by uuid, approval text, approved_by uuid, disposed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.id, k.state,
           CASE WHEN k.state = 'DISPOSED' THEN 'GONE' WHEN w.proposed_at IS NOT NULL THEN 'PROPOSED'
                WHEN k.state = 'ARCHIVED' AND w.keep_until < day_of(asker_at()) THEN 'DUE' WHEN k.state = 'ARCHIVED' THEN 'KEPT'
                WHEN w.id IS NOT NULL THEN 'CLASSED' ELSE 'UNCLASSED' END,
           coalesce(nullif(w.number, ''), number_of_case(k.id)), g.name, coalesce(day_of(k.ended_at), w.ended_on),
           coalesce(w.class_key, ''), coalesce(w.class_name, ''),
           CASE WHEN case_is_kept(k.id) THEN w.keep_until WHEN w.id IS NOT NULL THEN kept_until(day_of(k.ended_at), w.years) END,
           is_stayed(k.id), w.proposed_by_id, coalesce(w.approval, ''), w.approved_by_id, w.disposed_at
    FROM records_case k JOIN records_agency g ON g.id = k.agency_id LEFT JOIN records_keeping w ON w.case_id = k.id
    WHERE k.municipality_id = asker_municipality() AND (asker_may('PRIV') OR asker_may('MGR'))
      AND k.state IN ('ENDED', 'RETURNED', 'CLOSED', 'ARCHIVED', 'DISPOSED')
$$;
