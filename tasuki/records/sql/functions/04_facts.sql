-- Facts that a rule asks and that cross an agency's border: each answers yes or no, never with a row. About whom the asker is
-- barred from, about another town's people and about a case that the asker does not see they answer as about nobody (1.1, 1.7).

-- Somebody who may be named at all: on the register of this town, and the asker is not barred from them.
DROP FUNCTION IF EXISTS is_registered(uuid);  -- it told who is barred that somebody is here
CREATE OR REPLACE FUNCTION may_name(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_person q WHERE q.id = p AND q.municipality_id = asker_municipality())
       AND NOT asker_is_barred(p)
$$;

CREATE OR REPLACE FUNCTION staff_knows(who uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND coalesce(knows(asker_of(who, NULL, asker_at()), p), false)
$$;

CREATE OR REPLACE FUNCTION staff_is_barred(who uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_bar b WHERE b.person_id = ANY(same_person(p)) AND b.ended_at IS NULL
        AND (b.staff_id = who OR b.agency_id = (asker_of(who, NULL, asker_at())).agency))
$$;

CREATE OR REPLACE FUNCTION agency_is_barred(whose uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (
        SELECT FROM records_bar b WHERE b.person_id = ANY(same_person(p)) AND b.ended_at IS NULL AND b.agency_id = whose)
$$;

-- Whether somebody who works in the agency today knows the person on a ground of their own (settled 26).
CREATE OR REPLACE FUNCTION agency_knows(whose uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (
        SELECT FROM records_post q WHERE q.agency_id = whose AND q.since <= asker_at() AND (q.until IS NULL OR asker_at() < q.until)
          AND (grounds_of_person(asker_of(q.staff_id, q.id, asker_at()), p, true))[1] <> 'LAW')
$$;

-- Whether a consent in force on a day reaches an agency with the basic data of a person.
CREATE OR REPLACE FUNCTION reaches(p uuid, whose uuid, who uuid, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND consent_reaches(same_person(p), whose, who, 'BASIC', asker_at(), day)
$$;

CREATE OR REPLACE FUNCTION has_any_consent(p uuid, after timestamptz, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_consentreach r WHERE r.person_id = ANY(same_person(p)) AND r.ended_at IS NULL
        AND r.since <= asker_at() AND (after IS NULL OR r.since > after) AND (r.until IS NULL OR day <= r.until))
$$;

CREATE OR REPLACE FUNCTION has_strand(p uuid, whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_strand s WHERE s.person_id = ANY(same_person(p)) AND s.agency_id = whose AND s.kind = 'OUTREACH' AND s.ended_at IS NULL)
$$;

CREATE OR REPLACE FUNCTION has_open_referral(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND EXISTS (SELECT FROM records_referral f WHERE f.case_id = c AND f.state = 'OFFERED')
$$;

-- Whether somebody stands in the way of a disclosure (settled 32), for who makes it.
CREATE OR REPLACE FUNCTION is_guarded(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT asker_may('PRIV') IS TRUE AND (EXISTS (SELECT FROM records_protection x WHERE x.person_id = ANY(same_person(p)) AND x.ended_at IS NULL)
        OR EXISTS (SELECT FROM records_bar b WHERE b.person_id = ANY(same_person(p)) AND b.ended_at IS NULL))
$$;

CREATE OR REPLACE FUNCTION has_died(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_person x WHERE x.id = ANY(same_person(p)) AND x.died_on <> '')
$$;

-- Whether a case has ended: for who decides on its plan and reads nothing else of it (settled 28).
CREATE OR REPLACE FUNCTION case_has_ended(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_case k WHERE k.id = c AND k.ended_at IS NOT NULL AND k.municipality_id = asker_municipality())
       AND (case_ground(c) IS NOT NULL OR asker_may('CITY') AND NOT EXISTS (
            SELECT FROM records_caseperson p WHERE p.case_id = c AND p.left_at IS NULL AND asker_is_barred(p.person_id)))
$$;

-- Whether the asker sees a record and the telephones of everybody whom it is about (6.5).
CREATE OR REPLACE FUNCTION tells_number(rec uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT record_ground(rec) IS NOT NULL
        AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND NOT sees_address(s.person_id))
$$;

CREATE OR REPLACE FUNCTION address_is_protected(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_protection x WHERE x.person_id = ANY(same_person(p)) AND x.ended_at IS NULL) AND asker_sees(p)
$$;

-- Settled 31: cases that this worker received, accepted or reopened and that are still open.
CREATE OR REPLACE FUNCTION open_cases_of_worker(who uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(DISTINCT w.case_id)::integer FROM records_caseworker w JOIN records_case c ON c.id = w.case_id
    WHERE w.staff_id = who AND w.until IS NULL AND c.ended_at IS NULL AND c.municipality_id = asker_municipality()
$$;

-- The people of a household whom the asker may not see: how many, nothing else (settled 35). Who is barred from somebody is
-- not even told that.
CREATE OR REPLACE FUNCTION unseen_in_household(h uuid) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*)::integer FROM records_person p WHERE p.household_id = h AND p.municipality_id = asker_municipality()
        AND NOT asker_sees(p.id) AND NOT asker_is_barred(p.id)
$$;

-- A promise of the own agency: for who reads cases at all and is barred from nobody of its record or its case.
CREATE OR REPLACE FUNCTION may_read_promise(c uuid, rec uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT reads_cases((asker()).sets)
       AND NOT case_is_kept(c) AND NOT record_is_kept(rec)
       AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND asker_is_barred(s.person_id))
       AND NOT EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c AND p.left_at IS NULL AND asker_is_barred(p.person_id))
$$;

-- Whether the asker sees everybody whom a watch is about.
CREATE OR REPLACE FUNCTION asker_sees_watched(rec uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_record r WHERE r.id = rec AND r.archived_at IS NULL)
       AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND NOT asker_sees(s.person_id))
$$;

-- The conditions of closing and handing back (T24, T25) over plans and items that the decider may not read. What was evaluated
-- and talked about before a reopening (T30) closes nothing after it.
CREATE OR REPLACE FUNCTION open_since(c uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(k.reopened_at, k.opened_at) FROM records_case k WHERE k.id = c
$$;
CREATE OR REPLACE FUNCTION was_evaluated(c uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND EXISTS (SELECT FROM records_plan p WHERE p.case_id = c AND p.verdict = wanted AND p.evaluated_at >= open_since(c))
$$;
CREATE OR REPLACE FUNCTION roles_are_done(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND NOT EXISTS (SELECT FROM records_planrole r JOIN records_plan p ON p.id = r.plan_id
        WHERE p.case_id = c AND p.state = 'DECIDED' AND r.state NOT IN ('INTRODUCED', 'STOPPED'))
$$;
CREATE OR REPLACE FUNCTION item_was_held(c uuid, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND EXISTS (SELECT FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
        WHERE i.case_id = c AND i.kind = wanted AND t.state = 'HELD' AND t.held_at >= open_since(c))
$$;
CREATE OR REPLACE FUNCTION has_decided_plan(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND EXISTS (SELECT FROM records_plan p WHERE p.case_id = c AND p.state = 'DECIDED')
$$;
CREATE OR REPLACE FUNCTION was_assessed(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT case_ground(c) IS NOT NULL AND EXISTS (SELECT FROM records_record r JOIN records_issue i ON i.record_id = r.id
        WHERE r.case_id = c AND r.kind = 'ASSESSMENT' AND r.text <> '')
$$;
CREATE OR REPLACE FUNCTION participation_is_planned(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_plan q JOIN records_subject s ON s.record_id = q.record_id
        WHERE s.person_id = ANY(same_person(p)) AND s.kind = 'PLAN' AND q.decided_at IS NOT NULL AND q.participation = '要')
$$;

-- Whether the town runs a programme where somebody lives: in their area, in one above it or everywhere, and no later word ended
-- it there. Of whom no area is known it is enough that it runs somewhere.
CREATE OR REPLACE FUNCTION programme_runs(wanted text, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH RECURSIVE home(key, name, parent) AS (
        SELECT a.key, a.name, a.parent FROM records_person q JOIN records_area a ON a.municipality_id = q.municipality_id AND a.name = q.area
        WHERE q.id = p AND q.municipality_id = asker_municipality()
        UNION SELECT a.key, a.name, a.parent FROM home h JOIN records_area a ON a.key = h.parent AND a.municipality_id = asker_municipality()
    ), said AS (
        SELECT g.area, g.status, g.since FROM records_programme g, records_person q
        WHERE q.id = p AND g.municipality_id = asker_municipality() AND g.item = wanted
          AND coalesce(g.since, '-infinity') <= day_of(asker_at())
          AND (g.area IN ('', 'すべて', q.area) OR q.area = '' OR g.area IN (SELECT h.name FROM home h))
    )
    SELECT may_name(p) AND EXISTS (SELECT FROM said s WHERE s.status = '実施' AND NOT EXISTS (
        SELECT FROM said n WHERE n.status <> '実施' AND n.area IN ('', 'すべて', s.area)
          AND coalesce(n.since, '-infinity') > coalesce(s.since, '-infinity')))
$$;

-- The persons linked as one with a person whom the asker knows (settled 30).
CREATE OR REPLACE FUNCTION same_people(p uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN asker_knows(p) THEN same_person(p) ELSE '{}' END
$$;
-- The agency of a staff member today, and whether they are in office at all.
CREATE OR REPLACE FUNCTION agencies_of_staff(who uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN (asker_of(who, NULL, asker_at())).agency IS NULL THEN NULL
           ELSE ARRAY[(asker_of(who, NULL, asker_at())).agency] END
$$;

CREATE OR REPLACE FUNCTION is_watched(people uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_watch w JOIN records_subject s ON s.record_id = w.record_id
        WHERE w.ended_at IS NULL AND s.person_id IN (SELECT unnest(same_person(x)) FROM unnest(people) x WHERE may_name(x)))
$$;

-- The household of somebody who is being received: the receiving desk has no ground before the reception is written.
CREATE OR REPLACE FUNCTION household_of(p uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY[household_id] FROM records_person
    WHERE id = p AND municipality_id = asker_municipality() AND NOT asker_is_barred(p)
$$;

-- Who would see a record of this class about these people: the agencies that work with them, each yes or no.
CREATE OR REPLACE FUNCTION who_would_see(people uuid[], class text, scope text) RETURNS TABLE (agency uuid, name text, sees boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*),
    who AS MATERIALIZED (SELECT same_person(x) AS ids, asker_knows(x) AS known FROM unnest(people) x),
    team AS (
        SELECT a.agency AS id FROM a
        UNION SELECT c.agency_id FROM records_consentreach c WHERE c.person_id = ANY(people) AND c.ended_at IS NULL
        UNION SELECT s.agency_id FROM records_subject s WHERE s.person_id = ANY(people) AND s.kind <> 'KEPT'
        UNION SELECT f.receiver_id FROM records_referral f JOIN records_subject s ON s.record_id = f.record_id
              WHERE s.person_id = ANY(people) AND s.kind <> 'KEPT' AND f.state <> 'WITHDRAWN'
    )
    SELECT g.id, g.name, g.id = a.agency OR (scope = 'CASE_TEAM' AND cardinality(people) > 0 AND NOT EXISTS (
        SELECT FROM who w WHERE NOT consent_reaches(w.ids, g.id, NULL, class, a.at, day_of(a.at))
            OR EXISTS (SELECT FROM records_bar b WHERE b.person_id = ANY(w.ids) AND b.ended_at IS NULL AND b.agency_id = g.id)))
    FROM a JOIN team ON true JOIN records_agency g ON g.id = team.id
    WHERE g.municipality_id = a.municipality AND NOT EXISTS (SELECT FROM who w WHERE NOT w.known)
    ORDER BY 3 DESC, g.id = a.agency DESC, g.name
$$;

-- Whom a watch is about, for its watchers and for who sees its record.
CREATE OR REPLACE FUNCTION people_of_watch(w uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(s.person_id) FROM records_watch x JOIN records_subject s ON s.record_id = x.record_id
    WHERE x.id = w AND x.municipality_id = asker_municipality() AND asker_sees_watched(x.record_id)
$$;

-- Where somebody lives and is reached, and the number of a call, to who sees it. The serving role reads these columns by no other
-- way: a comparison with one of them would be made before its policy, and time or buffers would tell what a hidden row holds.
CREATE OR REPLACE FUNCTION contact_of(p uuid) RETURNS TABLE (address text, phone text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 SET search_path = public, pg_temp AS $$
    SELECT c.address, c.phone FROM records_contact c
    WHERE c.person_id = p AND c.municipality_id = asker_municipality() AND sees_address(c.person_id)
$$;
CREATE OR REPLACE FUNCTION number_of_call(rec uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.number FROM records_call c
    WHERE c.record_id = rec AND c.municipality_id = asker_municipality() AND tells_number(c.record_id)
$$;

-- 定足数 (T16): how many agencies count at an item, and how many of them were there. Members are counted over the whole sitting,
-- the invited at their item. Two people of an agency are there once; who came without a seat came from the secretariat.
CREATE OR REPLACE FUNCTION quorum_facts(i uuid, OUT counted integer, OUT here integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH body AS (
        SELECT t.id, t.present, coalesce(t.held_at, t.at) AS at, k.quorum_of, k.members FROM records_agendaitem a
        JOIN records_sitting t ON t.id = a.sitting_id JOIN records_conference k ON k.id = t.conference_id
        WHERE a.id = i AND item_ground(i) IS NOT NULL
    ), seats AS (
        SELECT s.agency_id, s.staff_id, s.present IS TRUE AS came, s.item_id = i AS here FROM body b
        JOIN records_agendaitem a ON a.sitting_id = b.id JOIN records_seat s ON s.item_id = a.id
    ), counting AS (
        SELECT g.id FROM body b JOIN records_agency g ON b.quorum_of <> 'INVITED' AND g.id = ANY(b.members)
        WHERE coalesce(least(g.valid_until, g.contract_until) >= day_of(b.at), true)
        UNION SELECT s.agency_id FROM body b, seats s WHERE b.quorum_of = 'INVITED' AND s.here
    ), came AS (
        SELECT s.agency_id FROM body b, seats s WHERE s.came AND (s.here OR b.quorum_of <> 'INVITED')
        UNION SELECT (asker_of(p, NULL, b.at)).agency FROM body b, unnest(b.present) p
        WHERE b.quorum_of <> 'INVITED' AND p NOT IN (SELECT staff_id FROM seats)
    )
    SELECT (SELECT count(*) FROM counting)::integer, (SELECT count(*) FROM counting c WHERE c.id IN (SELECT agency_id FROM came))::integer
$$;
