-- Clocks of a case (domain 3.5): what is due next by the town's own periods, and where a case is shown to stand.

-- The n-th working day after a day, among those that are not `closed`; the day itself for 0.
CREATE OR REPLACE FUNCTION business_day_after(day date, n integer, closed date[]) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN n < 1 THEN day ELSE (
        SELECT d::date FROM generate_series(day + 1, day + 30 + 3 * n, interval '1 day') d
        WHERE NOT d::date = ANY(closed) ORDER BY d OFFSET n - 1 LIMIT 1) END
$$;

-- A period of the town's section `clocks`, or what domain 3.5 proposes.
CREATE OR REPLACE FUNCTION town_clock(name text, proposed integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT (s.body ->> name)::integer FROM records_setting s
        WHERE s.municipality_id = asker_municipality() AND s.section = 'clocks' ORDER BY s.since DESC, s.id DESC LIMIT 1), proposed)
$$;

-- F08: after the town's days a note is not corrected any more: what is written later is added, and the old words stand. An
-- assessment or a plan has its own next version.
CREATE OR REPLACE FUNCTION note_is_locked(rec uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM records_record r WHERE r.id = rec AND r.kind IN ('NOTE', 'VISIT', 'AMENDMENT')
                   AND day_of(r.written_at) + town_clock('note_lock_days', 7) < day_of(asker_at()))
$$;

-- The one clock that runs on an open case until its plan: the first action of who holds it (the same day where the reception
-- was urgent and the town says so), then the screening, then the draft of the hub. Who acts is `agency`.
CREATE OR REPLACE FUNCTION case_clock(c uuid, closed date[]) RETURNS TABLE (kind text, due_on date, since timestamptz, agency uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH k AS (
        SELECT x.*, h.agency_id AS holder, h.since AS held_since, coalesce(x.reopened_at, x.opened_at) AS begun,
               EXISTS (SELECT FROM records_record r WHERE r.case_id = c AND r.agency_id = h.agency_id AND r.written_at > h.since) AS acted
        FROM records_case x JOIN records_holding h ON h.case_id = x.id AND h.until IS NULL
        WHERE x.id = c AND x.ended_at IS NULL AND x.state <> 'SUSPENDED' AND case_ground(c) IS NOT NULL
    ), urgent AS (
        SELECT EXISTS (SELECT FROM records_consultation n JOIN records_record r ON r.id = n.record_id
                       WHERE r.case_id = c AND r.written_at >= k.held_since AND n.urgency = '至急')
           AND coalesce((SELECT s.body ->> 'urgent_first_action' FROM records_setting s WHERE s.municipality_id = k.municipality_id
                         AND s.section = 'clocks' ORDER BY s.since DESC, s.id DESC LIMIT 1), '当日') = '当日' AS at_once
        FROM k
    )
    SELECT 'FIRST_ACTION', business_day_after(day_of(k.held_since), CASE WHEN u.at_once THEN 0
               ELSE town_clock('first_action_business_days', 3) END, closed), k.held_since, k.holder
    FROM k, urgent u WHERE NOT k.acted
    UNION ALL
    SELECT 'SCREENING', day_of(k.begun) + town_clock('screening_days', 14), k.begun, k.holder
    FROM k WHERE k.acted AND k.state IN ('INTAKE', 'REOPENED')
    UNION ALL
    SELECT 'DRAFT_PLAN', day_of(a.since) + town_clock('draft_plan_days', 30), a.since, k.hub_id
    FROM k, LATERAL (SELECT coalesce(min(r.written_at), k.hub_since) AS since FROM records_record r
                     WHERE r.case_id = c AND r.kind = 'ASSESSMENT' AND r.written_at >= k.hub_since) a
    WHERE k.acted AND k.state IN ('HUB_ACCEPTED', 'ASSESSING') AND k.hub_id IS NOT NULL
$$;
-- The clocks in which the asker's agency is to act. A large agency holds many cases and few of them have a clock, so what is known
-- without asking for a ground is looked at first; case_clock() asks for it.
CREATE OR REPLACE FUNCTION my_clocks(closed date[]) RETURNS TABLE (of_case uuid, kind text, due_on date, since timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20 SET search_path = public, pg_temp AS $$
    SELECT m.id, x.kind, x.due_on, x.since FROM (
        SELECT c.id FROM records_holding h JOIN records_case c ON c.id = h.case_id
        WHERE h.agency_id = asker_agency() AND h.until IS NULL AND c.ended_at IS NULL
          AND (c.state IN ('INTAKE', 'REOPENED') OR h.since > asker_at() - interval '90 days')
        UNION SELECT c.id FROM records_case c WHERE c.hub_id = asker_agency() AND c.state IN ('HUB_ACCEPTED', 'ASSESSING')) m,
        LATERAL case_clock(m.id, closed) x
    WHERE x.agency = asker_agency()
$$;

-- Where an open case is shown to stand (domain 3.3). What is kept is where it is; an offer leaves it there and shows as つなぎ中
-- until it is answered (T06), a plan on an agenda as 会議付議 until the support is decided or it goes back (T13, T15), and a
-- case without the hub whose only open strand is outreach as 同意前アウトリーチ (T09, settled 5). A sealed item shows nothing.
-- For what asked for the case's ground itself; all others ask shown_state().
CREATE OR REPLACE FUNCTION state_shown(c uuid, state text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN state IN ('SUSPENDED', 'ENDED', 'RETURNED', 'CLOSED', 'ARCHIVED', 'DISPOSED') THEN state
        WHEN EXISTS (SELECT FROM records_referral f WHERE f.case_id = c AND f.kind = 'REFER' AND f.state = 'OFFERED') THEN 'REFERRED'
        WHEN state = 'PLAN_DRAFT' AND EXISTS (
            SELECT FROM records_agendaitem i JOIN records_plan p ON p.id = i.plan_id
            WHERE i.case_id = c AND i.kind IN ('初回プラン適切性', '再プラン') AND i.basis = 'CONSENT' AND p.state IN ('DRAFT', 'JUDGED')
              AND NOT (p.judged_result = 'RECONSIDER' AND p.judged_item_id = i.id)) THEN 'IN_CONFERENCE'
        WHEN state IN ('INTAKE', 'SCREENED', 'SINGLE', 'NETWORK', 'WATCH', 'REOPENED') AND EXISTS (
            SELECT FROM records_strand s WHERE s.case_id = c AND s.kind = 'OUTREACH' AND s.ended_at IS NULL) THEN 'OUTREACH_PRE'
        ELSE state END
$$;
CREATE OR REPLACE FUNCTION shown_state(c uuid, state text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN case_ground(c) IS NOT NULL THEN state_shown(c, state) END
$$;
