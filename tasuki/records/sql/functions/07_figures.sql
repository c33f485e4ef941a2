-- Figures without names (domain 5.2): counted for one municipality over a period, from what was recorded.

CREATE OR REPLACE FUNCTION figures(town uuid, since timestamptz, until timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
WITH r AS MATERIALIZED (
    -- Few columns of many rows: they are read here once, and kept.
    SELECT x.id, x.kind, x.note_kind, x.agency_id, CASE WHEN x.kind <> 'NOTE' THEN x.details END AS details
    FROM records_record x WHERE x.municipality_id = town AND x.written_at BETWEEN since AND until
), told AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE kind = 'NOTE' AND note_kind = 'DIRECT') AS direct,
           count(*) FILTER (WHERE kind = 'NOTE' AND note_kind = 'BACKUP') AS backup,
           count(*) FILTER (WHERE kind = 'NOTE' AND note_kind = 'LIAISON') AS liaison,
           count(*) FILTER (WHERE kind = 'NOTE' AND note_kind = 'COMMUNITY') AS community,
           count(*) FILTER (WHERE kind = 'ASSESSMENT' AND (details ->> 'by_hub')::boolean) AS by_hub,
           count(*) FILTER (WHERE kind = 'VISIT') AS visits,
           count(*) FILTER (WHERE kind = 'VISIT' AND details ->> 'result' IN ('THROUGH_DOOR', 'MET', 'REFUSED')) AS responses,
           count(*) FILTER (WHERE kind = 'CONSENT' AND agency_id IN (SELECT g.id FROM records_agency g WHERE g.kind = 'OUTREACH')) AS consents,
           count(*) FILTER (WHERE kind = 'SUSPENSION') AS suspended, count(*) FILTER (WHERE kind = 'REOPENING') AS reopened,
           count(*) FILTER (WHERE kind = 'ADVICE') AS advice, count(*) FILTER (WHERE kind = 'WATCH_CHECK') AS checks,
           count(*) FILTER (WHERE kind = 'WATCH_TRIGGER') AS triggers
    FROM r
), few AS MATERIALIZED (
    SELECT r.* FROM r WHERE r.kind IN ('RECEIVE', 'EVALUATION', 'PARTICIPATION', 'CLOSING', 'TRANSFER', 'VISIT')
), taken AS (
    SELECT f.*, CASE WHEN s.field IN ('高齢', '障害', '子ども', '困窮', '庁内') THEN s.field ELSE 'その他' END AS from_field
    FROM records_referral f JOIN records_agency g ON g.id = f.receiver_id JOIN records_agency s ON s.id = f.sender_id
    WHERE f.municipality_id = town AND f.answered_at BETWEEN since AND until AND f.state IN ('ACCEPTED', 'JOINED')
      AND f.kind = 'REFER' AND g.is_hub
), item AS (
    SELECT i.*, t.id AS sitting FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
    WHERE t.municipality_id = town AND t.state = 'HELD' AND t.held_at BETWEEN since AND until
), sealed AS (SELECT * FROM item WHERE basis = 'ARTICLE_106_6'
), consented AS (
    SELECT * FROM item WHERE basis = 'CONSENT' AND kind IN ('初回プラン適切性', '再プラン', '終結評価', 'つなぎもどし')
), decided AS (
    SELECT * FROM records_plan WHERE municipality_id = town AND decided_at BETWEEN since AND until
), evaluated AS (
    SELECT (SELECT count(*) FROM jsonb_each_text(r.details -> 'goals')) AS goals,
           (SELECT count(*) FROM jsonb_each_text(r.details -> 'goals') g WHERE g.value IN ('達成', '一部達成')) AS attained,
           EXISTS (SELECT FROM jsonb_array_elements_text(r.details -> 'changes') c WHERE c <> '変化なし') AS improved
    FROM few r WHERE r.kind = 'EVALUATION'
), step AS (SELECT r.id, r.details ->> 'step' AS step FROM few r WHERE r.kind = 'PARTICIPATION'
), ended AS (
    SELECT CASE r.kind WHEN 'TRANSFER' THEN '転出' ELSE r.details ->> 'reason' END AS reason,
           r.kind = 'CLOSING' AS closing, coalesce(r.details ->> 'lead_after', '') <> '' AS led
    FROM few r WHERE r.kind IN ('CLOSING', 'TRANSFER')
)
SELECT jsonb_build_object(
    'N01', (SELECT count(*) FROM few r, LATERAL (SELECT x.again FROM records_consultation x WHERE x.record_id = r.id OFFSET 0) c
            WHERE r.kind = 'RECEIVE' AND NOT c.again),
    'N03', jsonb_build_object('DIRECT', told.direct, 'BACKUP', told.backup, 'LIAISON', told.liaison, 'COMMUNITY', told.community),
    'N04', (SELECT count(*) FROM taken),
    'N05', (SELECT jsonb_object_agg(f, (SELECT count(*) FROM taken WHERE from_field = f))
            FROM unnest(ARRAY['高齢', '障害', '子ども', '困窮', '庁内', 'その他']) f),
    'N06', jsonb_build_object('meetings', (SELECT count(DISTINCT sitting) FROM sealed), 'items', (SELECT count(*) FROM sealed),
            'attendance', (SELECT count(*) FROM records_seat s JOIN sealed ON sealed.id = s.item_id WHERE s.present AND NOT s.is_deputy)),
    'N07', (SELECT jsonb_build_object('meetings', count(DISTINCT sitting), 'items', count(*),
                'plan', count(*) FILTER (WHERE kind = '初回プラン適切性'), 'replan', count(*) FILTER (WHERE kind = '再プラン'),
                'close', count(*) FILTER (WHERE kind = '終結評価')) FROM consented),
    'N08', (SELECT jsonb_build_object('first', count(*) FILTER (WHERE previous_id IS NULL),
                'replan', count(*) FILTER (WHERE previous_id IS NOT NULL), 'hub', count(*) FILTER (WHERE kind = 'HUB'),
                'outreach', count(*) FILTER (WHERE kind = 'OUTREACH'), 'participation', count(*) FILTER (WHERE kind = 'PARTICIPATION'))
            FROM decided),
    'N09', told.by_hub,
    'N10', jsonb_build_object(
            'persons', (SELECT count(*) FROM (
                SELECT person_id FROM records_strand WHERE municipality_id = town AND kind = 'OUTREACH' AND opened_at BETWEEN since AND until
                UNION SELECT s.person_id FROM records_subject s JOIN few r ON r.id = s.record_id WHERE r.kind = 'VISIT') p),
            'visits', told.visits, 'responses', told.responses),
    'N11', jsonb_build_object('consents', told.consents),
    'N12', jsonb_build_object(
            'persons', (SELECT count(DISTINCT s.person_id) FROM records_subject s JOIN step ON step.id = s.record_id WHERE step.step = 'propose_match'),
            'started', (SELECT count(*) FROM step WHERE step = 'start_participation'),
            'hosts', (SELECT count(*) FROM records_resource WHERE municipality_id = town AND is_host AND registered_at <= until)),
    'N13', jsonb_build_object(
            'closed', (SELECT count(*) FROM ended),
            'handed_back', (SELECT count(*) FROM records_referral f WHERE f.municipality_id = town AND f.kind = 'HAND_BACK'
                AND f.state = 'ACCEPTED' AND f.answered_at BETWEEN since AND until),
            'suspended', told.suspended,
            'by_reason', coalesce((SELECT jsonb_object_agg(reason, n) FROM (SELECT reason, count(*) AS n FROM ended GROUP BY reason) e), '{}')),
    'N14', jsonb_build_object('reopened', told.reopened),
    'N15', (SELECT count(*) FROM records_case c WHERE c.municipality_id = town AND c.hub_id IS NOT NULL AND c.hub_since <= until
            AND (c.ended_at IS NULL OR c.ended_at > until)),
    'N16', jsonb_build_object('places', 0, 'sessions', 0, 'participants', 0,
            'resources', (SELECT count(*) FROM records_resource WHERE municipality_id = town AND NOT is_host AND registered_at BETWEEN since AND until),
            'projects', (SELECT count(*) FROM records_gap WHERE municipality_id = town AND project_at BETWEEN since AND until)),
    'N20', jsonb_build_object('advice', told.advice),
    'N21', jsonb_build_object(
            'persons', (SELECT count(DISTINCT s.person_id) FROM records_watch w JOIN records_subject s ON s.record_id = w.record_id
                WHERE w.municipality_id = town AND w.started_at <= until AND (w.ended_at IS NULL OR w.ended_at >= since)),
            'checks', told.checks, 'triggers', told.triggers),
    'K5', (SELECT jsonb_build_object('attained', coalesce(sum(attained), 0), 'evaluated', coalesce(sum(goals), 0)) FROM evaluated),
    'K6', (SELECT jsonb_build_object('improved', count(*) FILTER (WHERE improved), 'evaluations', count(*)) FROM evaluated),
    'K9', (SELECT jsonb_build_object('with_lead', count(*) FILTER (WHERE closing AND led), 'closings', count(*) FILTER (WHERE closing)) FROM ended),
    'K12', jsonb_build_object(
            'resources', (SELECT count(*) FROM records_resource WHERE municipality_id = town AND gap_id IS NOT NULL AND registered_at BETWEEN since AND until),
            'gaps', (SELECT count(*) FROM records_gap WHERE municipality_id = town AND registered_at BETWEEN since AND until)))
FROM told
$$;

-- The asker's own town's figures, for those whose work they are (R9: no names, so managers too).
CREATE OR REPLACE FUNCTION my_figures(since timestamptz, until timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT figures(asker_municipality(), since, until)
    WHERE asker_may('MGR') OR asker_may('COORD') OR asker_may('CITY') OR asker_may('CHAIR') OR asker_may('ADMIN')
$$;
