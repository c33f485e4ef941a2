-- The footprint: who may be written into it, its seals (P8), and what may be asked of it by whom.

CREATE OR REPLACE FUNCTION asker_post() RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT (asker()).post $$;

-- Where the last call of seal_footprint() stood: rows up to here are complete once everything older than `before` has ended.
CREATE TABLE IF NOT EXISTS seal_mark (read_until bigint NOT NULL, act_until bigint NOT NULL, before xid8 NOT NULL);
REVOKE ALL ON seal_mark FROM PUBLIC, tasuki_app, tasuki_door, tasuki_auditor;
GRANT SELECT, INSERT, DELETE ON seal_mark TO tasuki_law;
GRANT SELECT ON SEQUENCE records_readline_seq_seq, records_journalline_seq_seq TO tasuki_law;

-- Texts one after the other, each with its length, so that no two rows can ever read the same.
CREATE OR REPLACE FUNCTION sealed_words(VARIADIC parts text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT string_agg(coalesce(octet_length(p) || ':' || p, '-'), '' ORDER BY n) FROM unnest(parts) WITH ORDINALITY AS u(p, n)
$$;
CREATE OR REPLACE FUNCTION micros(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$ SELECT (extract(epoch FROM at) * 1000000)::bigint::text $$;

-- What a seal covers of a line: everything. `tasuki verify-audit` says the same in Python, on purpose a second time.
CREATE OR REPLACE FUNCTION read_line_words(l records_readline) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT sealed_words(l.seq::text, l.id::text, l.municipality_id::text, micros(l.at), l.staff::text, l.agency::text, l.post::text,
        l.terminal, l.door, l.what, l.target::text, l."case"::text, l.persons::text, l.ground)
$$;
CREATE OR REPLACE FUNCTION act_line_words(l records_journalline) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT sealed_words(l.seq::text, l.id::text, l.municipality_id::text, micros(l.at), l.staff::text, l.agency::text, l.post::text,
        l.terminal, l.act, l.target::text, l."case"::text, l.facts::text)
$$;

GRANT EXECUTE ON FUNCTION sealed_words(text[]), micros(timestamptz), read_line_words(records_readline),
    act_line_words(records_journalline) TO tasuki_law;

-- The next lines of a book: numbers, ids, and sixteen bytes of each one's SHA-256.
CREATE OR REPLACE FUNCTION lines_to_seal(town uuid, which text, after bigint, till bigint, size integer,
    OUT places bigint[], OUT ids uuid[], OUT digests bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(seq ORDER BY seq), array_agg(id ORDER BY seq),
           string_agg(substring(sha256(convert_to(words, 'UTF8')) FOR 16), ''::bytea ORDER BY seq)
    FROM ((SELECT l.seq, l.id, read_line_words(l) AS words FROM records_readline l
           WHERE which = 'READ' AND l.municipality_id = town AND l.seq > after AND l.seq <= till ORDER BY l.seq LIMIT size)
          UNION ALL
          (SELECT l.seq, l.id, act_line_words(l) FROM records_journalline l
           WHERE which = 'ACT' AND l.municipality_id = town AND l.seq > after AND l.seq <= till ORDER BY l.seq LIMIT size)) x
$$;

-- Seal one book of one town up to a number below which no line can come any more. `whole`: also a batch that is not full.
CREATE OR REPLACE FUNCTION seal_book(town uuid, which text, till bigint, whole boolean, size integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last records_seal;
    b record;
    next records_seal;
    made integer := 0;
BEGIN
    LOOP
        SELECT * INTO last FROM records_seal WHERE municipality_id = town AND book = which ORDER BY number DESC LIMIT 1;
        SELECT * INTO b FROM lines_to_seal(town, which, coalesce(last.until, 0), till, size);
        EXIT WHEN b.places IS NULL OR (NOT whole AND cardinality(b.places) < size);
        next.number := coalesce(last.number, 0) + 1;
        next.since := coalesce(last.until, 0);
        next.until := CASE WHEN cardinality(b.places) = size THEN b.places[size] ELSE till END;
        next.previous := coalesce(last.digest, '');
        next.sealed_at := clock_timestamp();
        next.digest := encode(sha256(convert_to(sealed_words(town::text, which, next.number::text, next.since::text,
            next.until::text, cardinality(b.places)::text, b.places::text, b.ids::text, encode(b.digests, 'hex'),
            next.previous, micros(next.sealed_at)), 'UTF8')), 'hex');
        INSERT INTO records_seal (id, municipality_id, book, number, since, until, lines, places, ids, digests, previous, digest, sealed_at)
        VALUES (gen_random_uuid(), town, which, next.number, next.since, next.until, cardinality(b.places), b.places, b.ids,
                b.digests, next.previous, next.digest, next.sealed_at);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- Seals what an earlier call marked, once every transaction of that time has ended, and marks where the books stand now.
-- A line takes its number in a transaction that has its own number already (the asker's binding sees to that), so nothing
-- can slip in behind a mark. Returns the count of seals, or -1 while an older transaction is still open.
CREATE OR REPLACE FUNCTION seal_footprint(whole boolean, size integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    mark seal_mark;
    next seal_mark;
    town uuid;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(x'7365616c'::bigint);
    -- Where the books stand is read before this transaction has a number of its own: whoever wrote up to here has a smaller one.
    SELECT last_value INTO next.read_until FROM records_readline_seq_seq;
    SELECT last_value INTO next.act_until FROM records_journalline_seq_seq;
    SELECT * INTO mark FROM seal_mark;
    IF mark.before > pg_current_xact_id() THEN
        DELETE FROM seal_mark;  -- a restored database counts its transactions anew
    ELSIF mark.before >= pg_snapshot_xmin(pg_current_snapshot()) THEN
        RETURN -1;
    ELSIF mark.before IS NOT NULL THEN
        FOR town IN SELECT id FROM records_municipality ORDER BY id LOOP
            made := made + seal_book(town, 'READ', mark.read_until, whole, size) + seal_book(town, 'ACT', mark.act_until, whole, size);
        END LOOP;
        DELETE FROM seal_mark;
    END IF;
    INSERT INTO seal_mark VALUES (next.read_until, next.act_until, pg_current_xact_id());
    RETURN made;
END $$;

-- Who read somebody, under whichever of their linked numbers (settled 30): for the privacy officer. The index on persons
-- works here only: under row security its operator would not be asked before the policy.
CREATE OR REPLACE FUNCTION reads_of(who uuid, since timestamptz, until timestamptz) RETURNS SETOF records_readline
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.* FROM records_readline l
    WHERE l.persons && same_person(who) AND l.municipality_id = asker_municipality() AND asker_may('PRIV')
      AND (since IS NULL OR l.at >= since) AND (until IS NULL OR l.at < until)
$$;

-- How many persons the asker opened in the last minutes, or since the last time that a reason for going on was written.
-- What was read on break-glass does not count: it is never slowed (T28).
CREATE OR REPLACE FUNCTION opened_lately(minutes integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT p)::integer FROM records_readline l, unnest(l.persons) p
    WHERE l.staff = asker_staff() AND l.ground <> 'EMERGENCY' AND l.door IN ('page', 'print')
      AND l.at > greatest(asker_at() - make_interval(mins => minutes), coalesce(
          (SELECT max(j.at) FROM records_journalline j WHERE j.staff = asker_staff() AND j.act = 'go_on_reading'
             AND j.municipality_id = asker_municipality() AND j.at > asker_at() - make_interval(mins => minutes)), '-infinity'))
$$;
GRANT EXECUTE ON FUNCTION asker_post(), reads_of(uuid, timestamptz, timestamptz), opened_lately(integer) TO tasuki_app;

-- Whether the asker opened so many persons lately that going on needs a reason (T28): the town's own numbers, else the
-- product's. Whoever has the person open in an emergency is never slowed at that person.
CREATE OR REPLACE FUNCTION reads_too_many(persons uuid[], usual_minutes integer, usual_most integer) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH said AS (
        SELECT coalesce((max(s.body ->> 'slow_minutes'))::integer, usual_minutes) AS minutes,
               coalesce((max(s.body ->> 'slow_persons'))::integer, usual_most) AS most
        FROM (SELECT body FROM records_setting WHERE section = 'audit' AND municipality_id = asker_municipality()
              ORDER BY since DESC, id DESC LIMIT 1) s)
    SELECT opened_lately(said.minutes) >= said.most AND NOT EXISTS (
        SELECT FROM records_emergency e WHERE e.staff_id = asker_staff() AND e.until > asker_at() AND e.person_id = ANY(persons))
    FROM said
$$;

-- Readings that a privacy officer asks about: which kind, who, on which day, how many lines, how many persons; never whom.
-- `closed` are the days on which the office is closed, `t` the thresholds of rules/audit.py.
CREATE OR REPLACE FUNCTION unusual_reads(since timestamptz, until timestamptz, closed date[], t jsonb)
RETURNS TABLE (kind text, staff uuid, day date, lines integer, persons integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH line AS (
        SELECT l.*, day_of(l.at) AS day, extract(hour FROM l.at AT TIME ZONE 'Asia/Tokyo')::integer AS hour
        FROM records_readline l WHERE l.municipality_id = asker_municipality() AND asker_may('PRIV')
          AND l.at >= since AND l.at < until AND NOT (l.door = 'list' AND l.what = 'today')
    ), opened AS (
        SELECT l.id, l.staff, l.agency, l.post, l.at, l.day, l.what, l."case", p.person
        FROM line l, unnest(l.persons) AS p(person) WHERE l.door IN ('page', 'print')
    ), found AS (
        SELECT 'MANY' AS kind, staff, day, sum(n) AS lines, max(many) AS persons FROM (
            SELECT staff, day, count(DISTINCT id) AS n, count(DISTINCT person) AS many FROM opened
            GROUP BY staff, day, date_bin(make_interval(mins => (t ->> 'many_minutes')::integer), at, '2000-01-01+09')
            HAVING count(DISTINCT person) >= (t ->> 'many_persons')::integer) w GROUP BY staff, day
        UNION ALL
        SELECT 'NIGHT', l.staff, l.day, count(DISTINCT l.id), count(DISTINCT p.person)
        FROM line l LEFT JOIN LATERAL unnest(l.persons) AS p(person) ON true
        WHERE l.hour < (t ->> 'office_from')::integer OR l.hour >= (t ->> 'office_until')::integer OR l.day = ANY(closed)
        GROUP BY l.staff, l.day HAVING count(DISTINCT l.id) >= (t ->> 'night_lines')::integer
        UNION ALL
        SELECT 'OUT_OF_AREA', o.staff, o.day, count(DISTINCT o.id), count(DISTINCT o.person) FROM opened o
        JOIN records_post p ON p.id = o.post JOIN records_person q ON q.id = o.person
        WHERE p.area NOT IN ('', 'すべて') AND q.area <> '' AND q.area <> p.area
        GROUP BY o.staff, o.day HAVING count(DISTINCT o.person) >= (t ->> 'out_of_area_persons')::integer
        UNION ALL
        SELECT 'SAME_NAME', o.staff, o.day, count(DISTINCT o.id), count(DISTINCT o.person) FROM opened o
        JOIN records_staff s ON s.id = o.staff JOIN records_person q ON q.id = o.person
        WHERE split_part(translate(s.name, '　', ' '), ' ', 1) = split_part(translate(q.name, '　', ' '), ' ', 1) AND q.name <> ''
        GROUP BY o.staff, o.day HAVING count(DISTINCT o.person) >= (t ->> 'same_name_persons')::integer
        UNION ALL
        SELECT 'NO_ACT', o.staff, o.day, count(DISTINCT o.id), count(DISTINCT o.person) FROM opened o
        WHERE o."case" IS NOT NULL AND NOT EXISTS (
            SELECT FROM records_journalline j WHERE j.staff = o.staff AND j."case" = o."case"
              AND j.at BETWEEN o.at - make_interval(days => (t ->> 'browse_days')::integer)
                           AND o.at + make_interval(days => (t ->> 'browse_days')::integer))
        GROUP BY o.staff, o.day HAVING count(DISTINCT o."case") >= (t ->> 'browse_cases')::integer
        UNION ALL
        SELECT 'GUARDED', o.staff, o.day, count(DISTINCT o.id), count(DISTINCT o.person) FROM opened o
        WHERE EXISTS (SELECT FROM records_protection x WHERE x.person_id = o.person AND x.since <= o.at
                        AND (x.ended_at IS NULL OR o.at < x.ended_at) AND x.agency_id <> o.agency)
           OR EXISTS (SELECT FROM records_bar b WHERE b.person_id = o.person AND (b.ended_at IS NULL OR o.at < b.ended_at))
        GROUP BY o.staff, o.day HAVING count(DISTINCT o.id) >= (t ->> 'guarded_times')::integer
    )
    SELECT kind, staff, day, lines::integer, persons::integer FROM found
$$;
GRANT EXECUTE ON FUNCTION reads_too_many(uuid[], integer, integer), unusual_reads(timestamptz, timestamptz, date[], jsonb)
    TO tasuki_app;
