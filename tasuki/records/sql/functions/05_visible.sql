-- Who and which cases an asker sees, all at once: the same rules as in 03_sight.sql, asked of the whole town in sets. A list
-- chooses its rows here and reads them under the policies, which ask each row again; the oracle holds the two together.

-- Every ground on which the asker sees somebody's identity, one row for each; a bar takes all of them.
CREATE OR REPLACE FUNCTION visible_identities(a asker_binding) RETURNS TABLE (identity uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH barred AS (
        SELECT DISTINCT p.identity FROM records_bar b JOIN records_person p ON p.id = b.person_id
        WHERE b.municipality_id = a.municipality AND b.ended_at IS NULL AND (b.agency_id = a.agency OR b.staff_id = a.staff)
    ), sealed AS (
        SELECT i.id FROM records_agendaitem i
        WHERE i.municipality_id = a.municipality AND i.basis = 'ARTICLE_106_6'
          AND i.archived_at IS NULL AND (i.id IN (SELECT s.item_id FROM records_seat s WHERE s.staff_id = a.staff AND s.agency_id = a.agency
                        AND has_pledge(a.staff, day_of(a.at)))
               OR (a.sets && ARRAY['COORD', 'CHAIR'] AND i.sitting_id IN (
                   SELECT t.id FROM records_sitting t WHERE t.municipality_id = a.municipality AND a.agency = ANY(t.secretariat))))
          AND NOT EXISTS (SELECT FROM records_itemperson x JOIN records_person p ON p.id = x.person_id
                          JOIN barred b ON b.identity = p.identity WHERE x.item_id = i.id)
    ), held AS (
        SELECT s.person_id AS person, CASE s.kind WHEN 'RECEIVE' THEN 'HOLDER' ELSE 'WROTE' END AS ground FROM records_subject s
        WHERE s.agency_id = ANY(a.own) AND s.kind IN ('RECEIVE', 'NOTE', 'VISIT', 'ASSESSMENT', 'PLAN')
        UNION
        SELECT r.person_id, 'CONSENT' FROM records_consentreach r
        WHERE r.agency_id = a.agency AND r.data_class = 'BASIC' AND r.since <= a.at AND r.ended_at IS NULL
          AND (r.until IS NULL OR day_of(a.at) <= r.until)
          AND NOT EXISTS (SELECT FROM records_consentexclusion x WHERE x.consent_id = r.consent_id
                          AND (x.agency_id = a.agency OR x.staff_id = a.staff))
        UNION
        SELECT ip.person_id, 'ARTICLE_106_6' FROM records_itemperson ip JOIN sealed i ON i.id = ip.item_id
        UNION
        SELECT s.person_id, 'REFERRAL' FROM records_referral r JOIN records_subject s ON s.record_id = r.record_id
        WHERE r.receiver_id = a.agency AND s.kind IN ('REFERRAL', 'HAND_BACK')
          AND referral_is_open(r.state, r.answered_at, r.closed_at, a.at)
        UNION
        SELECT s.person_id, 'INTERNAL' FROM records_plan p JOIN records_subject s ON s.record_id = p.record_id
        WHERE 'CITY' = ANY(a.sets) AND p.municipality_id = a.municipality AND s.kind = 'PLAN'
          AND (p.judged_at IS NOT NULL OR (p.applied_on IS NOT NULL AND town_decider(a.municipality) = 'city_before'))
        UNION
        SELECT s.person_id, 'INTERNAL' FROM records_watch w JOIN records_subject s ON s.record_id = w.record_id
        JOIN records_agency g ON g.id = a.agency AND g.mode = '直営'
        WHERE w.municipality_id = a.municipality AND s.kind = 'WATCH' AND w.ended_at IS NULL AND (a.agency = ANY(w.watchers) OR w.first_responder_id = a.agency)
        UNION
        SELECT e.person_id, 'EMERGENCY' FROM records_emergency e
        WHERE e.staff_id = a.staff AND e.opened_at <= a.at AND a.at < e.until
        UNION
        SELECT k.person_id, 'LAW' FROM (SELECT DISTINCT s.person_id FROM records_subject s
            WHERE 'PRIV' = ANY(a.sets) AND s.municipality_id = a.municipality AND s.kind = 'KEPT') k
        WHERE rests(same_person(k.person_id))
    )
    SELECT DISTINCT p.identity, h.ground FROM held h, LATERAL (
        SELECT q.* FROM records_person q WHERE q.id = h.person OFFSET 0) p
    WHERE a.staff IS NOT NULL AND (reads_cases(a.sets) OR h.ground = 'LAW') AND p.municipality_id = a.municipality
      AND p.identity NOT IN (SELECT b.identity FROM barred b)
$$;

-- Everybody (settled 18) and every case (settled 20) that the asker sees, each with the first ground. One look at the grounds
-- does for both; what is not wanted is not looked for.
CREATE OR REPLACE FUNCTION visible(people boolean, cases boolean) RETURNS TABLE (person uuid, of_case uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), rank AS MATERIALIZED (
        SELECT ARRAY['HOLDER', 'CONSENT', 'ARTICLE_106_6', 'REFERRAL', 'INTERNAL', 'LAW', 'WROTE', 'EMERGENCY'] AS of
    ), seen AS MATERIALIZED (
        SELECT p.id, p.household_id, i.ground FROM a, visible_identities(asker()) i, LATERAL (
            SELECT q.* FROM records_person q WHERE q.identity = i.identity OFFSET 0) p
        WHERE p.municipality_id = a.municipality
    ), reaching AS MATERIALIZED (
        SELECT v.* FROM seen v WHERE cases AND v.ground IN ('CONSENT', 'ARTICLE_106_6', 'REFERRAL', 'INTERNAL', 'EMERGENCY')
    ), barred AS (
        SELECT s.case_id FROM a JOIN records_bar b ON b.ended_at IS NULL AND (b.agency_id = a.agency OR b.staff_id = a.staff)
        JOIN records_person o ON o.id = b.person_id JOIN records_person p ON p.identity = o.identity
        JOIN records_caseperson s ON s.person_id = p.id AND s.left_at IS NULL
    ), kept AS (
        SELECT k.id, k.municipality_id, k.state FROM a JOIN records_case k ON k.municipality_id = a.municipality
        WHERE cases AND k.state IN ('ARCHIVED', 'DISPOSED')
    ), held AS (
        SELECT c.id, c.municipality_id AS town, 'HOLDER' AS ground FROM a JOIN records_case c ON c.agency_id = ANY(a.own)
        UNION SELECT s.case_id, s.municipality_id, v.ground FROM reaching v
              JOIN records_caseperson s ON s.person_id = v.id AND s.left_at IS NULL
        UNION SELECT c.id, c.municipality_id, v.ground FROM reaching v JOIN records_case c ON c.household_id = v.household_id
        UNION SELECT r.case_id, r.municipality_id, 'WROTE' FROM a JOIN records_record r ON r.agency_id = ANY(a.own)
              AND r.kind IN ('NOTE', 'VISIT', 'ASSESSMENT', 'PLAN') AND r.case_id IS NOT NULL
        UNION SELECT k.id, k.municipality_id, 'LAW' FROM a JOIN kept k ON k.state = 'ARCHIVED' WHERE 'PRIV' = ANY(a.sets)
    )
    (SELECT DISTINCT ON (v.id) v.id, NULL::uuid, v.ground FROM seen v, rank WHERE people
     ORDER BY v.id, array_position(rank.of, v.ground))
    UNION ALL
    (SELECT DISTINCT ON (h.id) NULL, h.id, h.ground FROM held h, a, rank
     WHERE cases AND a.staff IS NOT NULL AND h.town = a.municipality
       AND (h.ground = 'LAW' OR (reads_cases(a.sets) AND h.id NOT IN (SELECT k.id FROM kept k)))
       AND h.id NOT IN (SELECT b.case_id FROM barred b)
     ORDER BY h.id, array_position(rank.of, h.ground))
$$;
CREATE OR REPLACE FUNCTION visible_people() RETURNS TABLE (id uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.person, v.ground FROM visible(people => true, cases => false) v
$$;
CREATE OR REPLACE FUNCTION visible_cases() RETURNS TABLE (id uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT v.of_case, v.ground FROM visible(people => false, cases => true) v
$$;
