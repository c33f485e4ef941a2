-- What the door and a move of staff need of the town's own data: its settings, a draft of a session that has died, due moves.

-- The town's section `sign_in` and the permission sets of each post that an account has at a moment, for the door alone.
CREATE OR REPLACE FUNCTION ways_of_account(who uuid, at timestamptz) RETURNS TABLE (sets text[], body jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.sets::text[], coalesce((SELECT t.body FROM records_setting t WHERE t.municipality_id = p.municipality_id
        AND t.section = 'sign_in' ORDER BY t.since DESC, t.id DESC LIMIT 1), '{}'::jsonb)
    FROM records_post p JOIN records_staff s ON s.id = p.staff_id
    WHERE s.account = who AND p.since <= at AND (p.until IS NULL OR at < p.until)
$$;
REVOKE ALL ON FUNCTION ways_of_account(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ways_of_account(uuid, timestamptz) TO tasuki_door;

-- What was sent by a session that had just died is kept as the draft of its own person in its own post: it shows nothing to
-- whoever sends it, and is read only after signing in again. Only within a day, and never by a session that was ended.
CREATE OR REPLACE FUNCTION keep_for_later(session_key text, moment timestamptz, at_place text, what jsonb, called text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    s records_signin;
    a asker_binding;
    clock timestamptz := CASE WHEN EXISTS (SELECT FROM rehearsal) THEN moment ELSE now() END;
BEGIN
    SELECT * INTO s FROM records_signin i
    WHERE i.key_hash = encode(sha256(convert_to(session_key, 'UTF8')), 'hex') AND i.ended_at IS NULL AND i.post IS NOT NULL
      AND clock < i.seen_at + interval '1 day'
      AND EXISTS (SELECT FROM records_account k WHERE k.id = i.account AND k.is_active);
    IF NOT FOUND OR octet_length(what::text) > 200000 THEN RETURN false; END IF;
    a := asker_of(s.staff, s.post, clock);
    IF a.staff IS NULL THEN RETURN false; END IF;
    UPDATE records_draft SET body = what, title = left(called, 120), saved_at = clock
    WHERE staff_id = a.staff AND agency_id = a.agency AND place = left(at_place, 200) AND closed_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO records_draft (id, municipality_id, staff_id, agency_id, place, body, title, saved_at)
        VALUES (gen_random_uuid(), a.municipality, a.staff, a.agency, left(at_place, 200), what, left(called, 120), clock);
    END IF;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION keep_for_later(text, timestamptz, text, jsonb, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_for_later(text, timestamptz, text, jsonb, text) TO tasuki_door;
GRANT INSERT, UPDATE ON records_draft TO tasuki_law;

-- 2人で (9.7): the door notes whom it heard confirm, for what, at whose asking; good for ten minutes, and forgotten after a day.
CREATE OR REPLACE FUNCTION note_confirmation(what uuid, asked_by uuid, confirmed_by uuid, moment timestamptz) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DELETE FROM second_confirmation WHERE at < now() - interval '1 day' AND NOT EXISTS (SELECT FROM rehearsal);
    INSERT INTO second_confirmation (target, first, second, at)
    VALUES (what, asked_by, confirmed_by, CASE WHEN EXISTS (SELECT FROM rehearsal) THEN moment ELSE now() END)
    ON CONFLICT (target) DO UPDATE SET first = excluded.first, second = excluded.second, at = excluded.at
$$;
REVOKE ALL ON FUNCTION note_confirmation(uuid, uuid, uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION note_confirmation(uuid, uuid, uuid, timestamptz) TO tasuki_door;
CREATE OR REPLACE FUNCTION was_confirmed(what uuid, confirmed_by uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM second_confirmation c WHERE c.target = what AND c.first = asker_staff() AND c.second = confirmed_by
                   AND c.second <> c.first AND asker_at() BETWEEN c.at - interval '10 minutes' AND c.at + interval '10 minutes')
$$;
-- The same for a row that names nobody as the second: whoever it was, for any of these.
CREATE OR REPLACE FUNCTION any_confirmed(whats uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM second_confirmation c WHERE c.target = ANY(whats) AND was_confirmed(c.target, c.second))
$$;
GRANT EXECUTE ON FUNCTION was_confirmed(uuid, uuid), any_confirmed(uuid[]) TO tasuki_app;

-- 守秘の確認 (1.10, R10), for the door alone: whose session lives in a post that owes it, with what the page says. No row where
-- nothing is owed. The session's conditions are those of begin_request.
CREATE OR REPLACE FUNCTION secrecy_owed(session_key text, moment timestamptz)
RETURNS TABLE (municipality uuid, staff uuid, agency uuid, fiscal_year integer, staff_name text, agency_name text, contractor text,
               town text, wording text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.municipality, a.staff, a.agency, fiscal_year_of(a.at), s.name, g.name, g.contractor, m.name,
           (SELECT t.body ->> 'wording' FROM records_setting t WHERE t.municipality_id = a.municipality AND t.section = 'secrecy'
            ORDER BY t.since DESC, t.id DESC LIMIT 1)
    FROM (SELECT CASE WHEN r.rehearsed THEN moment ELSE now() END AS at, r.rehearsed
          FROM (SELECT EXISTS (SELECT FROM rehearsal) AS rehearsed) r) clock
    JOIN records_signin i ON i.key_hash = encode(sha256(convert_to(session_key, 'UTF8')), 'hex') AND i.ended_at IS NULL
         AND i.post IS NOT NULL AND clock.at < i.expires_at AND (clock.rehearsed OR clock.at < i.opened_at + interval '1 day')
         AND clock.at <= i.seen_at + make_interval(secs => i.idle_seconds)
    CROSS JOIN LATERAL asker_of(i.staff, i.post, clock.at) a
    JOIN records_staff s ON s.id = a.staff AND s.municipality_id = a.municipality
    JOIN records_agency g ON g.id = a.agency AND g.municipality_id = a.municipality
    JOIN records_municipality m ON m.id = a.municipality
    WHERE owes_acknowledgment(a) AND EXISTS (SELECT FROM records_account k WHERE k.id = i.account AND k.is_active)
$$;
-- The person of the session acknowledges for the running year, with the words that they were shown; true when it was owed.
CREATE OR REPLACE FUNCTION acknowledge_secrecy(session_key text, moment timestamptz, words text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO records_acknowledgment (id, municipality_id, staff_id, agency_id, fiscal_year, at, wording)
    SELECT gen_random_uuid(), o.municipality, o.staff, o.agency, o.fiscal_year,
           CASE WHEN EXISTS (SELECT FROM rehearsal) THEN moment ELSE now() END, left(words, 4000)
    FROM secrecy_owed(session_key, moment) o
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION secrecy_owed(text, timestamptz), acknowledge_secrecy(text, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION secrecy_owed(text, timestamptz), acknowledge_secrecy(text, timestamptz, text) TO tasuki_door;
GRANT INSERT ON records_acknowledgment TO tasuki_law;

-- 人事異動 whose day has come: the open cases of the post that ends go to the successor as of that moment, whenever the first
-- request after it arrives (docs/decisions/0012). Where the successor has no post any more, the cases stay to be seen as unassigned.
CREATE OR REPLACE FUNCTION carry_out_due_moves() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    m record;
    heir uuid;
    n integer;
    carried integer := 0;
    fresh uuid[] := '{}';  -- handed over just now: in a chain of moves of one day nobody passes on what they have only received
    theirs uuid[];
BEGIN
    FOR m IN SELECT v.id, v.staff_id, v.successor_id, v.at, p.agency_id FROM records_staffmove v JOIN records_post p ON p.id = v.post_id
             WHERE v.municipality_id = asker_municipality() AND v.done_at IS NULL AND v.withdrawn_at IS NULL AND v.at <= asker_at()
             ORDER BY v.at, v.id FOR UPDATE OF v SKIP LOCKED LOOP
        n := 0;
        SELECT q.agency_id INTO heir FROM records_post q
        WHERE q.staff_id = m.successor_id AND q.since <= m.at AND (q.until IS NULL OR m.at < q.until)
        ORDER BY q.agency_id <> m.agency_id, q.since DESC LIMIT 1;
        IF heir IS NOT NULL THEN
            SELECT array_agg(w.id) INTO theirs FROM records_caseworker w
            WHERE w.staff_id = m.staff_id AND w.agency_id = m.agency_id AND w.until IS NULL AND w.id <> ALL (fresh)
              AND (m.staff_id, m.agency_id) <> (m.successor_id, heir);  -- who stays in the agency and keeps the cases
            WITH handed AS (
                INSERT INTO records_caseworker (id, municipality_id, case_id, staff_id, agency_id, since)
                SELECT gen_random_uuid(), w.municipality_id, w.case_id, m.successor_id, heir, greatest(w.since, m.at)
                FROM records_caseworker w JOIN records_case c ON c.id = w.case_id
                WHERE w.id = ANY (theirs) AND c.ended_at IS NULL
                  AND NOT EXISTS (SELECT FROM records_caseworker o WHERE o.case_id = w.case_id AND o.staff_id = m.successor_id
                                  AND o.until IS NULL AND o.id <> ALL (theirs))
                RETURNING id
            ) SELECT count(*), fresh || coalesce(array_agg(id), '{}') INTO n, fresh FROM handed;
            UPDATE records_caseworker SET until = greatest(since, m.at) WHERE id = ANY (theirs);
        END IF;
        UPDATE records_staffmove SET done_at = asker_at(), moved = n WHERE id = m.id;
        carried := carried + 1;
    END LOOP;
    RETURN carried;
END $$;
REVOKE ALL ON FUNCTION carry_out_due_moves() FROM PUBLIC;

-- 受け持ちのいないケース: open cases of which somebody is the worker and none of their workers is in office any more in the
-- agency for which they work on it. Driven from those who are gone, not from all cases.
CREATE OR REPLACE FUNCTION cases_left_alone(town uuid, at timestamptz) RETURNS TABLE (of_case uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT w.case_id, max(w.since) FROM records_caseworker w JOIN records_case c ON c.id = w.case_id
    WHERE w.municipality_id = town AND w.until IS NULL AND c.ended_at IS NULL
      AND NOT EXISTS (SELECT FROM records_caseworker o JOIN records_post p ON p.staff_id = o.staff_id AND p.agency_id = o.agency_id
          WHERE o.case_id = w.case_id AND o.until IS NULL AND p.since <= at AND (p.until IS NULL OR at < p.until))
    GROUP BY w.case_id
$$;
REVOKE ALL ON FUNCTION cases_left_alone(uuid, timestamptz) FROM PUBLIC;
-- For the coordinator and the chair: those of them that they see anyway.
CREATE OR REPLACE FUNCTION my_cases_left_alone() RETURNS TABLE (of_case uuid, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT l.of_case, l.since FROM cases_left_alone(asker_municipality(), asker_at()) l
    WHERE (asker_may('COORD') OR asker_may('CHAIR')) AND case_ground(l.of_case) IS NOT NULL
    ORDER BY 2, 1 LIMIT 50
$$;
-- For who manages, decides or moves people: how many, and no case.
CREATE OR REPLACE FUNCTION cases_without_worker() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)::integer FROM cases_left_alone(asker_municipality(), asker_at())
    WHERE asker_may('MGR') OR asker_may('ADMIN') OR asker_may('CITY') OR asker_may('COORD') OR asker_may('CHAIR')
$$;
REVOKE ALL ON FUNCTION my_cases_left_alone(), cases_without_worker() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_cases_left_alone(), cases_without_worker() TO tasuki_app;

-- The open cases of a worker in one agency, for whoever plans the move: how many, nothing else (settled 31).
CREATE OR REPLACE FUNCTION open_cases_in_post(which uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT w.case_id)::integer FROM records_post p
    JOIN records_caseworker w ON w.staff_id = p.staff_id AND w.agency_id = p.agency_id JOIN records_case c ON c.id = w.case_id
    WHERE p.id = which AND w.until IS NULL AND c.ended_at IS NULL AND p.municipality_id = asker_municipality()
$$;
REVOKE ALL ON FUNCTION open_cases_in_post(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION open_cases_in_post(uuid) TO tasuki_app;
