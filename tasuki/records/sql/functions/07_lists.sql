-- Lists: a page of rows chosen among what the asker sees, so that nothing else is sorted, counted or asked for.

-- Whether what is typed into a list's search stands in one of some texts of a row, whatever width, size, kana and spaces either
-- has; nothing typed stands in every row.
CREATE OR REPLACE FUNCTION packed_words(said text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(regexp_replace(lower(normalize(said, NFKC)), '\s', '', 'g'),
        'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖゝゞ',
        'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶヽヾ')
$$;
CREATE OR REPLACE FUNCTION has_words(asked text, VARIADIC said text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT asked = '' OR position(packed_words(asked) IN packed_words(array_to_string(said, E'\x1f'))) > 0
$$;

-- The next date of a case: the check agreed on, the next promise, the next monitoring of a plan that the asker sees.
CREATE OR REPLACE FUNCTION next_date_of(c uuid, check_on date) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT least(check_on, (SELECT min(t.due_on) FROM records_task t WHERE t.case_id = c AND t.done_at IS NULL),
                 (SELECT min(q.monitor_by) FROM records_plan q WHERE q.case_id = c AND q.state = 'DECIDED'
                  AND record_ground(q.record_id) IS NOT NULL))
$$;

-- One page of the list of cases, chosen and counted among those that the asker sees: of each its ground, its next date, how
-- many there are in all, and what belongs to the case and is there with it: who holds it since when, for whom it was received
-- (in order), its number, how many of the household the asker does not see, and where it is shown to stand. Only people who are seen order or filter it.
-- ROWS: about a page. With a thousand, in a town far larger than the others of its server, the planner asked all its cases for their
-- ground, to join them to the fifty of a page.
-- LATERAL … OFFSET 0: what belongs to a case is looked up for each, since the planner cannot know how few of the town they are.
DROP FUNCTION IF EXISTS list_cases;  -- it gave fewer columns once, and a function cannot be replaced by one that gives others
CREATE FUNCTION list_cases(
    opened text, in_state text, in_area text, held_by text, from_key text, before_key text, due text,
    searched boolean, keys text[], words text[], with_number text, sorted_by text, down boolean, at_most integer, skipped integer
) RETURNS TABLE (case_id uuid, ground text, next_on date, total bigint, holder uuid, since timestamptz, people uuid[], number text,
                 unseen integer, shown text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), seen AS MATERIALIZED (SELECT v.* FROM visible(people => true, cases => true) v),
    found AS MATERIALIZED (SELECT DISTINCT q.household_id FROM search_people(keys, words, 2147483647) s
                   JOIN records_person q ON q.id = s.person WHERE searched),
    mine AS MATERIALIZED (
        SELECT c.id, v.ground, c.household_id, c.state, c.opened_at, c.next_check_on, h.agency_id AS holder, h.since
        FROM seen v, LATERAL (SELECT * FROM records_case k WHERE k.id = v.of_case OFFSET 0) c
        LEFT JOIN LATERAL (SELECT o.agency_id, o.since FROM records_holding o WHERE o.case_id = c.id AND o.until IS NULL OFFSET 0) h ON true
        WHERE (opened = '' OR (c.ended_at IS NULL) = (opened = 'OPEN')) AND (in_state = '' OR (c.state = in_state OR c.ended_at IS NULL) AND state_shown(c.id, c.state) = in_state)
          AND (held_by = '' OR h.agency_id::text = held_by)
          AND (NOT searched OR c.household_id IN (SELECT f.household_id FROM found f)
               OR EXISTS (SELECT FROM records_consultation n JOIN records_record r ON r.id = n.record_id
                          WHERE n.number = with_number AND r.case_id = c.id AND record_ground(r.id) IS NOT NULL))
    ), named AS MATERIALIZED (
        SELECT DISTINCT ON (m.id) m.*, p.area, p.id AS person
        FROM mine m, LATERAL (SELECT * FROM records_caseperson x WHERE x.case_id = m.id AND x.left_at IS NULL OFFSET 0) s
        JOIN records_person p ON p.id = s.person_id JOIN seen v ON v.person = p.id
        ORDER BY m.id, s.joined_at, p.registered_at, p.id
    ), first AS (
        -- No LEFT JOIN: the planner takes both for a few rows, and would read one through for each row of the other.
        SELECT n.* FROM named n UNION ALL SELECT m.*, NULL, NULL FROM mine m WHERE m.id NOT IN (SELECT n.id FROM named n)
    ), known AS (
        SELECT f.*, g.name AS holder_name, k.key,
               CASE WHEN due <> '' OR sorted_by = 'next' THEN next_date_of(f.id, f.next_check_on) END AS next_on
        FROM first f LEFT JOIN records_agency g ON g.id = f.holder
        LEFT JOIN LATERAL (SELECT min(y.key) AS key FROM records_searchkey y WHERE y.person_id = f.person AND y.kind = 'KANA') k ON true
        WHERE (in_area = '' OR f.area = in_area) AND (from_key = '' OR k.key >= from_key COLLATE "C")
          AND (before_key = '' OR k.key < before_key COLLATE "C")
    ), ordered AS (
        SELECT k.*, count(*) OVER () AS total,
               CASE sorted_by WHEN 'kana' THEN k.key WHEN 'state' THEN k.state WHEN 'holder' THEN k.holder_name WHEN 'area' THEN k.area END
                   COLLATE "C" AS word,
               CASE sorted_by WHEN 'since' THEN k.since WHEN 'opened' THEN k.opened_at WHEN 'next' THEN k.next_on::timestamptz END AS moment
        FROM known k WHERE due = '' OR CASE due WHEN 'LATE' THEN k.next_on < day_of(asker_at())
            WHEN 'WEEK' THEN k.next_on BETWEEN day_of(asker_at()) AND day_of(asker_at()) + 7
            WHEN 'NONE' THEN k.next_on IS NULL ELSE true END
    ), chosen AS (
        SELECT o.*, row_number() OVER () AS place FROM (
            SELECT * FROM ordered c
            ORDER BY CASE WHEN NOT down THEN c.word END NULLS LAST, CASE WHEN down THEN c.word END DESC NULLS LAST,
                     CASE WHEN NOT down THEN c.moment END NULLS LAST, CASE WHEN down THEN c.moment END DESC NULLS LAST, c.opened_at DESC, c.id
            LIMIT at_most OFFSET skipped) o
    )
    SELECT c.id, c.ground, next_date_of(c.id, c.next_check_on), c.total, c.holder, c.since,
           ARRAY(SELECT s.person_id FROM records_caseperson s JOIN records_person p ON p.id = s.person_id
                 WHERE s.case_id = c.id AND s.left_at IS NULL ORDER BY s.joined_at, p.registered_at, p.id),
           (SELECT min(n.number) FROM records_record r JOIN records_consultation n ON n.record_id = r.id
            WHERE r.case_id = c.id AND r.kind = 'RECEIVE' AND record_ground(r.id) IS NOT NULL),
           (SELECT count(*)::integer FROM records_person p WHERE p.household_id = c.household_id AND p.municipality_id = a.municipality
            AND p.id NOT IN (SELECT v.person FROM seen v WHERE v.person IS NOT NULL) AND NOT asker_is_barred(p.id)),
           state_shown(c.id, c.state)
    FROM chosen c, a ORDER BY c.place
$$;

-- One page of the receptions that the asker sees, the newest or the oldest first; `wanted` narrows by number, topic or the name of
-- somebody who is seen, the others by the agency that received, the urgency, one whole topic and the time. What may be seen at all is gathered first (one by one: LATERAL … OFFSET 0, since it is few among all records of
-- the town, and the planner cannot know), and asked from that end on until the page is full.
DROP FUNCTION IF EXISTS list_receptions(text, integer, integer);  -- it could not narrow
CREATE OR REPLACE FUNCTION list_receptions(
    wanted text, of_agency text, urgent text, topic text, since timestamptz, before timestamptz, oldest boolean, at_most integer, skipped integer
) RETURNS TABLE (id uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 50 SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), seen AS MATERIALIZED (SELECT v.id FROM visible_people() v),
    called AS MATERIALIZED (  -- once for each person who is seen, not for each reception
        SELECT s.record_id FROM seen v, LATERAL (SELECT q.name, q.kana FROM records_person q WHERE q.id = v.id OFFSET 0) p,
             LATERAL (SELECT f.record_id FROM records_subject f WHERE f.person_id = v.id OFFSET 0) s
        WHERE wanted <> '' AND has_words(wanted, p.name, p.kana)
    ), maybe AS (
        SELECT r.id FROM a JOIN records_record r ON r.agency_id = ANY(a.own) AND r.kind = 'RECEIVE'
        UNION SELECT s.record_id FROM seen v, LATERAL (SELECT f.record_id FROM records_subject f
              WHERE f.person_id = v.id AND f.kind = 'RECEIVE' OFFSET 0) s
        UNION SELECT s.record_id FROM a JOIN records_consentreach c ON c.agency_id = a.agency AND c.ended_at IS NULL
              JOIN records_person p ON p.id = c.person_id JOIN records_person o ON o.identity = p.identity
              JOIN records_subject s ON s.person_id = o.id AND s.kind = 'RECEIVE'
        UNION SELECT m.record_id FROM a JOIN records_itemmaterial m ON m.municipality_id = a.municipality
        UNION SELECT r.id FROM a JOIN records_record r ON r.municipality_id = a.municipality AND r.kind = 'RECEIVE'
              WHERE r.archived_at IS NOT NULL AND 'PRIV' = ANY(a.sets)
    ), newest AS (
        SELECT n.id, n.record_id FROM maybe m, LATERAL (SELECT * FROM records_record f WHERE f.id = m.id OFFSET 0) r
        JOIN records_consultation n ON n.record_id = r.id JOIN a ON a.municipality = r.municipality_id
        WHERE (of_agency = '' OR r.agency_id::text = of_agency) AND (urgent = '' OR n.urgency = urgent) AND (topic = '' OR n.topics ? topic)
          AND (since IS NULL OR r.written_at >= since) AND (before IS NULL OR r.written_at < before)
          AND (r.id IN (SELECT k.record_id FROM called k) OR has_words(wanted, n.number, n.topics::text))
        ORDER BY CASE WHEN oldest THEN r.written_at END, CASE WHEN NOT oldest THEN r.written_at END DESC, n.id OFFSET 0
    )
    SELECT n.id, g.ground FROM newest n, LATERAL (SELECT record_ground(n.record_id) OFFSET 0) AS g(ground)
    WHERE g.ground IS NOT NULL LIMIT at_most OFFSET skipped
$$;

-- The open cases that the asker sees whose たすき moved at least `times` since a moment.
CREATE OR REPLACE FUNCTION cases_to_and_fro(moved_since timestamptz, times integer) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c.id FROM (SELECT o.case_id FROM records_holding o
                      WHERE o.municipality_id = asker_municipality() AND o.reason <> 'RECEIVED' AND o.since >= moved_since
                      GROUP BY o.case_id HAVING count(*) >= times) m
    JOIN records_case c ON c.id = m.case_id WHERE c.ended_at IS NULL AND case_ground(c.id) IS NOT NULL
$$;

-- How many つなぎ stand in each tab. Whose own agency sent or is to answer one sees it unless a bar hides one of its people.
CREATE OR REPLACE FUNCTION referral_counts(late_at timestamptz, moved_since timestamptz, times integer)
RETURNS TABLE (mine bigint, sent bigint, loose bigint, waiting bigint, late bigint, to_and_fro bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (SELECT (asker()).*), hidden AS MATERIALIZED (
        SELECT s.record_id FROM a JOIN records_bar b ON b.ended_at IS NULL AND (b.agency_id = a.agency OR b.staff_id = a.staff)
        JOIN records_person o ON o.id = b.person_id JOIN records_person p ON p.identity = o.identity
        JOIN records_subject s ON s.person_id = p.id AND s.kind IN ('REFERRAL', 'HAND_BACK')
        UNION SELECT r.id FROM a JOIN records_record r ON r.municipality_id = a.municipality AND r.kind IN ('REFERRAL', 'HAND_BACK')
        WHERE r.archived_at IS NOT NULL
    ), own AS (
        SELECT f.* FROM a JOIN records_referral f ON f.sender_id = a.agency OR (f.receiver_id = a.agency AND f.state = 'OFFERED')
        WHERE reads_cases(a.sets) AND f.record_id NOT IN (SELECT h.record_id FROM hidden h)
    ), others AS (
        SELECT f.* FROM a JOIN records_referral f ON f.municipality_id = a.municipality AND f.state = 'OFFERED'
            AND f.sender_id <> a.agency AND f.receiver_id <> a.agency AND record_ground(f.record_id) IS NOT NULL
    ), offered AS (
        SELECT o.receiver_id, o.answer_by FROM own o WHERE o.state = 'OFFERED' UNION ALL SELECT o.receiver_id, o.answer_by FROM others o
    )
    SELECT (SELECT count(*) FROM own o, a WHERE o.receiver_id = a.agency AND o.state = 'OFFERED'),
           (SELECT count(*) FROM own o, a WHERE o.sender_id = a.agency),
           (SELECT count(*) FROM a JOIN records_holding h ON h.agency_id = a.agency JOIN records_case c ON c.id = h.case_id
            WHERE h.until IS NULL AND h.reason = 'CONTRACT_ENDED' AND c.ended_at IS NULL AND case_ground(c.id) IS NOT NULL),
           (SELECT count(*) FROM offered o, a WHERE o.receiver_id <> a.agency),
           (SELECT count(*) FROM offered o WHERE o.answer_by < late_at),
           (SELECT count(*) FROM cases_to_and_fro(moved_since, times))
$$;

-- The records of a case and of some people that the asker sees, the newest first: of one kind, one agency, about one person
-- whom the asker sees (NULL: of all). Each is asked from the newest on until the page is full; what the own agency wrote is
-- seen without asking where no bar at all keeps anybody from the asker.
CREATE OR REPLACE FUNCTION list_records(
    of_case uuid, of_people uuid[], of_kind text, of_agency uuid, about uuid, at_most integer, skipped integer
) RETURNS TABLE (id uuid, ground text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 30 SET search_path = public, pg_temp AS $$
    WITH a AS MATERIALIZED (
        SELECT b.*, reads_cases(b.sets) AND NOT EXISTS (
            SELECT FROM records_bar x WHERE x.ended_at IS NULL AND (x.agency_id = b.agency OR x.staff_id = b.staff)) AS barred_from_nobody
        FROM asker() b
    ), newest AS (
        SELECT r.id, CASE WHEN a.barred_from_nobody AND r.agency_id = ANY(a.own)
                               AND r.kind NOT IN ('NOTICE', 'SUMMONS', 'SITTING') AND r.archived_at IS NULL THEN 'HOLDER' END AS ground
        FROM (SELECT k.id FROM records_record k WHERE k.case_id = of_case
              UNION SELECT x.record_id FROM records_subject x WHERE x.person_id = ANY(of_people)) m
        JOIN records_record r ON r.id = m.id JOIN a ON a.municipality = r.municipality_id
        WHERE (of_kind = '' OR r.kind = of_kind) AND (of_agency IS NULL OR r.agency_id = of_agency)
          AND (about IS NULL OR (person_ground(about) IS NOT NULL
               AND EXISTS (SELECT FROM records_subject x WHERE x.record_id = r.id AND x.person_id = about)))
        ORDER BY r.written_at DESC, r.id OFFSET 0
    )
    SELECT n.id, g.ground FROM newest n, LATERAL (SELECT coalesce(n.ground, record_ground(n.id)) OFFSET 0) AS g(ground)
    WHERE g.ground IS NOT NULL LIMIT at_most OFFSET skipped
$$;
