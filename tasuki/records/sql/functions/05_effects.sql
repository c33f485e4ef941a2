-- Effects of an act on rows that the one who acts may not see. Each asks first whether the act is theirs.

-- Closing, transfer and an accepted hand-back end the hub's ground REFERRAL (settled 25).
CREATE OR REPLACE FUNCTION end_hub_access(c uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF case_ground(c) IS NULL OR case_is_kept(c) THEN RETURN; END IF;
    UPDATE records_referral f SET closed_at = asker_at()
    FROM records_agency g WHERE f.case_id = c AND g.id = f.receiver_id AND g.is_hub
      AND f.state IN ('ACCEPTED', 'JOINED') AND f.closed_at IS NULL;
    UPDATE records_caseworker w SET until = asker_at()
    FROM records_agency g WHERE w.case_id = c AND g.id = w.agency_id AND g.is_hub AND w.until IS NULL;
END $$;

-- Who leaves forms a household of its own; a case received for those who leave alone goes with them.
CREATE OR REPLACE FUNCTION leave_household(people uuid[], new_household uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old uuid[];
    k record;
BEGIN
    -- A household of their own: nobody is moved in with somebody else, whose cases would open to who brings them.
    IF EXISTS (SELECT FROM unnest(people) x WHERE NOT asker_knows(x))
       OR NOT EXISTS (SELECT FROM records_household h WHERE h.id = new_household AND h.municipality_id = asker_municipality())
       OR EXISTS (SELECT FROM records_person p WHERE p.household_id = new_household)
       OR EXISTS (SELECT FROM records_case c WHERE c.household_id = new_household) THEN
        RAISE EXCEPTION 'not known to the asker' USING ERRCODE = '42501';
    END IF;
    old := ARRAY(SELECT DISTINCT household_id FROM records_person WHERE id = ANY(people));
    FOR k IN SELECT c.id, array_agg(p.person_id) AS of FROM records_case c JOIN records_caseperson p ON p.case_id = c.id
             WHERE c.household_id = ANY(old) AND p.left_at IS NULL GROUP BY c.id LOOP
        IF k.of <@ people THEN
            UPDATE records_case SET household_id = new_household WHERE id = k.id;
        ELSE
            UPDATE records_caseperson SET left_at = asker_at() WHERE case_id = k.id AND person_id = ANY(people) AND left_at IS NULL;
        END IF;
    END LOOP;
    UPDATE records_person SET household_id = new_household WHERE id = ANY(people);
END $$;

-- Everybody of the one household comes to the other, and each move is written: also of those whom the asker does not see,
-- or their history would say that they still live where nobody is left. Who is at home there already has not moved.
DROP FUNCTION IF EXISTS join_household(uuid, uuid);  -- it wrote no moves
CREATE OR REPLACE FUNCTION join_household(stays uuid, comes uuid, checker uuid, why text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    home uuid;
    away uuid;
BEGIN
    IF NOT (asker_sees_living(stays) AND asker_sees_living(comes)) THEN
        RAISE EXCEPTION 'not known to the asker' USING ERRCODE = '42501';
    END IF;
    SELECT household_id INTO home FROM records_person WHERE id = stays;
    SELECT household_id INTO away FROM records_person WHERE id = comes;
    INSERT INTO records_householdmove (id, municipality_id, person_id, household_id, reason, moved_at, moved_by_id, checked_by_id)
    SELECT gen_random_uuid(), p.municipality_id, p.id, home, why, asker_at(), asker_staff(), checker
    FROM records_person p WHERE p.household_id = away AND home <> away;
    UPDATE records_person SET household_id = home WHERE household_id = away;
    UPDATE records_case SET household_id = home WHERE household_id = away;
    RETURN home;
END $$;

-- After a link or its undoing: people who hang together by living links share one identity.
CREATE OR REPLACE FUNCTION settle_identity(people uuid[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    p uuid;
    touched uuid[];
BEGIN
    touched := ARRAY(SELECT o.id FROM records_person q JOIN records_person o ON o.identity = q.identity
                     AND o.municipality_id = q.municipality_id
                     WHERE q.id = ANY(people) AND q.municipality_id = asker_municipality());
    FOREACH p IN ARRAY touched LOOP
        UPDATE records_person SET identity = (
            WITH RECURSIVE near(id) AS (
                SELECT p UNION
                SELECT CASE WHEN l.first = n.id THEN l.second ELSE l.first END
                FROM near n JOIN records_personlink l ON l.ended_at IS NULL AND n.id IN (l.first, l.second))
            SELECT min(id::text)::uuid FROM near) WHERE id = p;
    END LOOP;
END $$;

-- 人事異動: the successor takes over the open cases of the one who leaves.
CREATE OR REPLACE FUNCTION hand_over_cases(from_staff uuid, to_staff uuid, to_agency uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moved integer;
BEGIN
    IF NOT (asker_may('CITY') OR asker_may('ADMIN')) THEN
        RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501';
    END IF;
    INSERT INTO records_caseworker (id, municipality_id, case_id, staff_id, agency_id, since)
    SELECT gen_random_uuid(), w.municipality_id, w.case_id, to_staff, to_agency, asker_at()
    FROM records_caseworker w JOIN records_case c ON c.id = w.case_id
    WHERE w.staff_id = from_staff AND w.until IS NULL AND c.ended_at IS NULL AND w.municipality_id = asker_municipality()
      AND (from_staff, w.agency_id) <> (to_staff, to_agency);
    GET DIAGNOSTICS moved = ROW_COUNT;
    -- Whoever takes their own cases along is the worker of the rows just made, and of those in that agency before.
    UPDATE records_caseworker SET until = asker_at()
    WHERE staff_id = from_staff AND until IS NULL AND municipality_id = asker_municipality()
      AND (from_staff, agency_id) <> (to_staff, to_agency);
    RETURN moved;
END $$;

-- Settled 16: from the day after its contract or its own last day, a たすき that an agency holds is the owner section's, never nobody's.
CREATE OR REPLACE FUNCTION take_back_ended_holdings() RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    h record;
    taken integer := 0;
    home uuid := owner_section(asker_municipality());
BEGIN
    FOR h IN SELECT x.id, x.municipality_id, x.case_id,
                    greatest(x.since, (least(g.contract_until, g.valid_until) + 1)::timestamp AT TIME ZONE 'Asia/Tokyo') AS ends
             FROM records_holding x JOIN records_agency g ON g.id = x.agency_id
             WHERE x.until IS NULL AND x.municipality_id = asker_municipality() AND g.id <> home
               AND least(g.contract_until, g.valid_until) < day_of(asker_at()) FOR UPDATE OF x LOOP
        UPDATE records_holding SET until = h.ends WHERE id = h.id;
        INSERT INTO records_holding (id, municipality_id, case_id, agency_id, since, until, reason)
        VALUES (gen_random_uuid(), h.municipality_id, h.case_id, home, h.ends, NULL, 'CONTRACT_ENDED');
        taken := taken + 1;
    END LOOP;
    RETURN taken;
END $$;

-- 開示: the records that are the requester's own, without notes of a confidential informant and sealed items (settled 32).
CREATE OR REPLACE FUNCTION fill_pack(p uuid) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k records_pack;
    filled integer;
BEGIN
    SELECT * INTO k FROM records_pack WHERE id = p AND municipality_id = asker_municipality();
    IF NOT FOUND OR NOT asker_may('PRIV') OR asker_is_barred(k.requester_id) THEN RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501'; END IF;
    INSERT INTO records_packrecord (id, municipality_id, pack_id, record_id)
    SELECT gen_random_uuid(), k.municipality_id, p, r.id FROM records_record r
    WHERE r.municipality_id = k.municipality_id AND r.written_at < k.made_at AND NOT r.informant_confidential
      AND r.kind NOT IN ('SUMMONS', 'SITTING')
      AND EXISTS (SELECT FROM records_subject s WHERE s.record_id = r.id AND s.person_id = ANY(same_person(k.requester_id)));
    GET DIAGNOSTICS filled = ROW_COUNT;
    RETURN filled;
END $$;
-- What stands in a pack, with the other persons' names left out by the one who prints it.
CREATE OR REPLACE FUNCTION pack_contents(p uuid) RETURNS TABLE (record uuid, kind text, written_at timestamptz, agency text, text text, fact text, others integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.id, r.kind, r.written_at, g.name,
           CASE WHEN o.n > 0 THEN '' ELSE r.text END, CASE WHEN o.n > 0 THEN '' ELSE r.fact END, o.n
    FROM records_packrecord c JOIN records_pack k ON k.id = c.pack_id JOIN records_record r ON r.id = c.record_id
    JOIN records_agency g ON g.id = r.agency_id
    CROSS JOIN LATERAL (SELECT count(*)::integer AS n FROM records_subject s WHERE s.record_id = r.id
                        AND NOT s.person_id = ANY(same_person(k.requester_id))) o
    WHERE c.pack_id = p AND k.municipality_id = asker_municipality() AND asker_may('PRIV')
      AND NOT asker_is_barred(k.requester_id)
    ORDER BY r.written_at, r.id
$$;

CREATE OR REPLACE FUNCTION next_in_series(name text, year integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    INSERT INTO number_series AS n (municipality, series, fiscal_year, last)
    SELECT asker_municipality(), name, year, 1 WHERE asker_municipality() IS NOT NULL
    ON CONFLICT (municipality, series, fiscal_year) DO UPDATE SET last = n.last + 1 RETURNING last
$$;

-- D1 by the decision officer, who reads nothing of the case before the judgement (settled 28); a bar is stronger (1.7).
CREATE OR REPLACE FUNCTION may_decide_use(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asker_may('CITY') AND EXISTS (SELECT FROM records_case k WHERE k.id = c AND k.municipality_id = asker_municipality())
       AND NOT EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c AND p.left_at IS NULL AND asker_is_barred(p.person_id))
$$;
CREATE OR REPLACE FUNCTION decide_use_of(c uuid, use boolean) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE n integer;
BEGIN
    IF NOT asker_may('CITY') THEN RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501'; END IF;
    UPDATE records_case SET use_decided_at = CASE WHEN use THEN asker_at() END, version = version + 1
    WHERE id = c AND may_decide_use(c) AND hub_id IS NOT NULL;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;
-- The people of a case, for a record that the decider writes without seeing who they are.
CREATE OR REPLACE FUNCTION people_of_case(c uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(p.person_id ORDER BY p.joined_at, p.person_id) FROM records_caseperson p
    WHERE p.case_id = c AND p.left_at IS NULL AND may_decide_use(c)
$$;

-- 支援決定 takes effect on the case: its state, and the たすき of a hub plan goes to the lead agency.
CREATE OR REPLACE FUNCTION enact_decision(p uuid, lead uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k record;
BEGIN
    IF NOT asker_decides() THEN RAISE EXCEPTION 'not the asker''s act' USING ERRCODE = '42501'; END IF;
    SELECT q.case_id, q.kind, q.municipality_id INTO k FROM records_plan q
    WHERE q.id = p AND q.municipality_id = asker_municipality() AND q.state = 'DECIDED';
    IF NOT FOUND THEN RETURN; END IF;
    IF k.kind = 'HUB' THEN
        -- A suspended case stays suspended: this is where it will go on.
        UPDATE records_case SET version = version + 1,
            state = CASE state WHEN 'SUSPENDED' THEN state ELSE 'PLAN_DECIDED' END,
            before_suspension = CASE state WHEN 'SUSPENDED' THEN 'PLAN_DECIDED' ELSE before_suspension END WHERE id = k.case_id;
    END IF;
    IF lead IS NOT NULL AND NOT EXISTS (SELECT FROM records_holding h WHERE h.case_id = k.case_id AND h.until IS NULL AND h.agency_id = lead) THEN
        UPDATE records_holding SET until = asker_at() WHERE case_id = k.case_id AND until IS NULL;
        INSERT INTO records_holding (id, municipality_id, case_id, agency_id, since, until, reason)
        VALUES (gen_random_uuid(), k.municipality_id, k.case_id, lead, asker_at(), NULL, 'DECIDED');
    END IF;
END $$;
