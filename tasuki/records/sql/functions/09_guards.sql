-- What a protection and a withdrawal mean beyond the rows that one sees oneself.

-- Whether a protection of the first person names the second as the alleged perpetrator; yes or no, to who may name the first:
-- a consent in hand may be of somebody whom one does not know yet.
CREATE OR REPLACE FUNCTION is_alleged(p uuid, other uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND EXISTS (SELECT FROM records_protection x WHERE x.person_id = ANY(same_person(p)) AND x.ended_at IS NULL
                   AND x.alleged && same_person(other))
$$;

-- What an agency sees of a person today by consent and by nothing else: how many records, and whether the identity too.
-- Only for who knows the person; counts, never a row.
CREATE OR REPLACE FUNCTION seen_by_consent_alone(p uuid, whose uuid) RETURNS TABLE (records integer, identity boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH who AS (
        SELECT asker_of(q.staff_id, q.id, asker_at()) AS a FROM records_post q
        WHERE q.agency_id = whose AND q.municipality_id = asker_municipality()
          AND q.since <= asker_at() AND (q.until IS NULL OR asker_at() < q.until)
          AND reads_cases(q.sets::text[]) ORDER BY q.since, q.id LIMIT 1
    )
    SELECT (SELECT count(*)::integer FROM records_record r JOIN records_subject s ON s.record_id = r.id
            WHERE s.person_id = ANY(same_person(p)) AND r.sitting_id IS NULL AND grounds_of_record((SELECT a FROM who), r.id) = ARRAY['CONSENT']),
           coalesce(grounds_of_person((SELECT a FROM who), p) = ARRAY['CONSENT'], false)
    WHERE asker_knows(p) AND EXISTS (SELECT FROM who)
$$;

-- What an agency sees of a person today, class by class and on which grounds, as the policies would answer a worker of it.
-- For who knows the person. An agency's own records count only as far as the asker sees one of them (settled 17); so do a seat
-- at a sealed item, a sheet, a watch and a plan: that they are there at all is told to nobody who does not see them (R3).
CREATE OR REPLACE FUNCTION sight_of_agency(p uuid, whose uuid) RETURNS TABLE (data_class text, ground text, until date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a asker_binding;
    ids uuid[] := same_person(p);
BEGIN
    IF NOT asker_knows(p) THEN RETURN; END IF;
    SELECT (asker_of(q.staff_id, q.id, asker_at())).* INTO a FROM records_post q
    WHERE q.agency_id = whose AND q.municipality_id = asker_municipality() AND q.since <= asker_at()
      AND (q.until IS NULL OR asker_at() < q.until) AND reads_cases(q.sets::text[]) ORDER BY q.since, q.id LIMIT 1;
    IF a.staff IS NULL OR is_barred(a, ids) THEN RETURN; END IF;
    RETURN QUERY
        SELECT r.data_class::text, 'CONSENT', CASE WHEN bool_or(r.until IS NULL) THEN NULL ELSE max(r.until) END
        FROM records_consentreach r
        WHERE r.person_id = ANY(ids) AND r.agency_id = whose
          AND consent_reaches(ids, whose, NULL, r.data_class, a.at, day_of(a.at))
          AND r.ended_at IS NULL AND (r.until IS NULL OR day_of(a.at) <= r.until)
        GROUP BY r.data_class;
    RETURN QUERY
        SELECT DISTINCT 'BASIC', CASE g WHEN 'WROTE' THEN 'HOLDER' ELSE g END, NULL::date FROM unnest(grounds_of_person(a, p)) g
        WHERE (g = 'ARTICLE_106_6' AND EXISTS (
               SELECT FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
               WHERE x.person_id = ANY(ids) AND i.basis = 'ARTICLE_106_6' AND sees_sealed(a, i.id) AND item_ground(i.id) IS NOT NULL))
           OR (g = 'REFERRAL' AND EXISTS (
               SELECT FROM records_subject s JOIN records_referral f ON f.record_id = s.record_id
               WHERE s.person_id = ANY(ids) AND f.receiver_id = whose AND record_ground(f.record_id) IS NOT NULL))
           OR (g = 'INTERNAL' AND (whose = asker_agency() OR EXISTS (
               SELECT FROM records_subject s WHERE s.person_id = ANY(ids) AND record_ground(s.record_id) IS NOT NULL
                 AND ((s.kind = 'PLAN' AND 'CITY' = ANY(a.sets)) OR (s.kind = 'WATCH' AND EXISTS (
                     SELECT FROM records_watch w WHERE w.record_id = s.record_id AND w.ended_at IS NULL
                       AND (whose = ANY(w.watchers) OR w.first_responder_id = whose)))))))
           OR (g IN ('HOLDER', 'WROTE') AND EXISTS (
               SELECT FROM records_subject s WHERE s.person_id = ANY(ids) AND s.agency_id = whose
                 AND record_ground(s.record_id) IS NOT NULL));
    RETURN QUERY
        SELECT DISTINCT r.data_class::text, g, NULL::date FROM records_record r
        JOIN records_subject s ON s.record_id = r.id, unnest(grounds_of_record(a, r.id)) g
        WHERE s.person_id = ANY(ids) AND r.data_class <> 'BASIC' AND g IN ('HOLDER', 'ARTICLE_106_6')
          AND record_ground(r.id) IS NOT NULL;
END $$;

-- 外部提供簿 for the privacy officer: when, which agency, to whom, on which law, about how many persons; never about whom.
CREATE OR REPLACE FUNCTION outside_provisions()
RETURNS TABLE (at timestamptz, agency uuid, staff uuid, receiver text, basis text, persons integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.written_at, r.agency_id, r.staff_id, r.details ->> 'to', r.details ->> 'basis',
           (SELECT count(*)::integer FROM records_subject s WHERE s.record_id = r.id)
    FROM records_record r WHERE r.kind = 'PROVISION' AND r.municipality_id = asker_municipality() AND asker_may('PRIV')
$$;
