-- Who may see what, and on which ground: the one home of the rules of disclosure (docs/rules-of-disclosure.md).
-- Every function answers for an asker `a`, so that a summons can ask it for the invited as well.
-- OFFSET 0: from the person or the case to what belongs to it. Where the agency is a large one, the planner would
-- otherwise go through all that it ever wrote or received, at each person of a page.

CREATE OR REPLACE FUNCTION same_person(p uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(o.id) FROM records_person q
    JOIN records_person o ON o.identity = q.identity AND o.municipality_id = q.municipality_id WHERE q.id = p
$$;

-- 保存 (12.3): everything that was written about somebody is put away, under whichever of their linked numbers. The rows of
-- records_subject of a record that is put away have the kind KEPT, so that none of the grounds below finds them.
CREATE OR REPLACE FUNCTION rests(ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_subject s WHERE s.person_id = ANY(ids))
       AND NOT EXISTS (SELECT FROM records_subject s WHERE s.person_id = ANY(ids) AND s.kind <> 'KEPT')
$$;
-- A case, or a record, that is put away (T32): nobody writes on it any more.
CREATE OR REPLACE FUNCTION case_is_kept(c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_case k WHERE k.id = c AND k.state IN ('ARCHIVED', 'DISPOSED'))
$$;
CREATE OR REPLACE FUNCTION record_is_kept(rec uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_record r WHERE r.id = rec AND r.archived_at IS NOT NULL)
$$;

CREATE OR REPLACE FUNCTION is_barred(a asker_binding, ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_bar b WHERE b.person_id = ANY(ids) AND b.ended_at IS NULL
                   AND (b.agency_id = a.agency OR b.staff_id = a.staff))
$$;

-- A consent in force on a day that reaches an agency (and the staff member) with a class of data.
CREATE OR REPLACE FUNCTION consent_reaches(ids uuid[], to_agency uuid, to_staff uuid, class text, at timestamptz, day date)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM records_consentreach r
        WHERE r.person_id = ANY(ids) AND r.agency_id = to_agency AND r.data_class = class
          AND r.since <= at AND r.ended_at IS NULL AND (r.until IS NULL OR day <= r.until)
          AND NOT EXISTS (SELECT FROM records_consentexclusion x WHERE x.consent_id = r.consent_id
                          AND (x.agency_id = to_agency OR x.staff_id = to_staff)))
$$;

CREATE OR REPLACE FUNCTION has_pledge(who uuid, day date) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_pledge p WHERE p.staff_id = who AND day_of(p.since) <= day AND day <= p.until)
$$;

-- R3, settled 21: invited or deputy, with a pledge valid today, still in the agency for which they were invited;
-- or coordinator or chair of the secretariat's agency as of today.
CREATE OR REPLACE FUNCTION is_seated(a asker_binding, item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_seat s WHERE s.item_id = item AND s.staff_id = a.staff AND s.agency_id = a.agency
                   AND has_pledge(a.staff, day_of(a.at)))
        OR (a.sets && ARRAY['COORD', 'CHAIR'] AND EXISTS (
            SELECT FROM records_agendaitem i JOIN records_sitting t ON t.id = i.sitting_id
            WHERE i.id = item AND a.agency = ANY(t.secretariat)))
$$;

-- A seat at an item that a bar hides gives nothing: neither the other people of the item nor its materials.
CREATE OR REPLACE FUNCTION sees_sealed(a asker_binding, item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT is_seated(a, item) AND NOT EXISTS (
        SELECT FROM records_itemperson x WHERE x.item_id = item AND is_barred(a, same_person(x.person_id)))
       AND NOT EXISTS (SELECT FROM records_agendaitem i WHERE i.id = item AND i.archived_at IS NOT NULL)
$$;

-- Settled 4: the receiving desk until it answers, after acceptance for this case, 30 days after a decline or withdrawal.
CREATE OR REPLACE FUNCTION referral_is_open(state text, answered_at timestamptz, closed_at timestamptz, at timestamptz)
RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE state WHEN 'OFFERED' THEN true
        WHEN 'ACCEPTED' THEN closed_at IS NULL WHEN 'JOINED' THEN closed_at IS NULL
        ELSE at < answered_at + interval '30 days' END
$$;

-- A seat at a sealed item at which one of these numbers is spoken of.
CREATE OR REPLACE FUNCTION sits_for(a asker_binding, ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_itemperson ip JOIN records_agendaitem i ON i.id = ip.item_id
                   WHERE ip.person_id = ANY(ids) AND i.basis = 'ARTICLE_106_6' AND sees_sealed(a, i.id))
$$;

-- A つなぎ or 差し戻し about one of these numbers that is open for the asker's agency.
CREATE OR REPLACE FUNCTION is_handed(a asker_binding, ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM (SELECT s.record_id FROM records_subject s
                                WHERE s.person_id = ANY(ids) AND s.kind IN ('REFERRAL', 'HAND_BACK') OFFSET 0) s,
                        LATERAL (SELECT f.* FROM records_referral f WHERE f.record_id = s.record_id OFFSET 0) r
                   WHERE r.receiver_id = a.agency AND referral_is_open(r.state, r.answered_at, r.closed_at, a.at))
$$;

CREATE OR REPLACE FUNCTION has_emergency(a asker_binding, ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_emergency e WHERE e.person_id = ANY(ids) AND e.staff_id = a.staff
                   AND e.opened_at <= a.at AND a.at < e.until)
$$;

-- Settled 28: from the judgement 適切 on; where the officer decides before the conference, from the application on.
CREATE OR REPLACE FUNCTION is_before_the_decider(p records_plan) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.judged_at IS NOT NULL
        OR (p.applied_on IS NOT NULL AND town_decider(p.municipality_id) = 'city_before')
$$;

CREATE OR REPLACE FUNCTION sees_internally(a asker_binding, ids uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ('CITY' = ANY(a.sets) AND EXISTS (
            SELECT FROM records_plan p JOIN records_subject s ON s.record_id = p.record_id
            WHERE s.person_id = ANY(ids) AND s.kind = 'PLAN' AND is_before_the_decider(p)))
        OR EXISTS (
            -- OFFSET 0: hardly anybody is watched, and each watch of the town would be looked at otherwise.
            SELECT FROM (SELECT s.record_id FROM records_subject s WHERE s.person_id = ANY(ids) AND s.kind = 'WATCH' OFFSET 0) s
            JOIN records_watch w ON w.record_id = s.record_id JOIN records_agency g ON g.id = a.agency AND g.mode = '直営'
            WHERE w.ended_at IS NULL AND (a.agency = ANY(w.watchers) OR w.first_responder_id = a.agency))
$$;

-- The grounds on which the asker sees a person's identity, in the order of settled 18; WROTE is the late HOLDER.
-- `first_only` stops at the first: that is all a policy asks.
CREATE OR REPLACE FUNCTION grounds_of_person(a asker_binding, p uuid, first_only boolean DEFAULT false) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ids uuid[];
    held text[] := '{}';
BEGIN
    IF a.staff IS NULL OR NOT (reads_cases(a.sets) OR 'PRIV' = ANY(a.sets)) THEN RETURN held; END IF;
    SELECT array_agg(o.id) INTO ids FROM records_person q
    JOIN records_person o ON o.identity = q.identity AND o.municipality_id = q.municipality_id
    WHERE q.id = p AND q.municipality_id = a.municipality;
    IF ids IS NULL THEN RETURN held; END IF;
    IF is_barred(a, ids) THEN RETURN held; END IF;
    IF NOT reads_cases(a.sets) THEN RETURN CASE WHEN rests(ids) THEN ARRAY['LAW'] ELSE held END; END IF;
    IF EXISTS (SELECT FROM unnest(ids) i(id), unnest(a.own) o(id), LATERAL (
               SELECT FROM records_subject s WHERE s.person_id = i.id AND s.agency_id = o.id AND s.kind = 'RECEIVE' OFFSET 0) s) THEN
        held := held || 'HOLDER'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF consent_reaches(ids, a.agency, a.staff, 'BASIC', a.at, day_of(a.at)) THEN
        held := held || 'CONSENT'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF sits_for(a, ids) THEN
        held := held || 'ARTICLE_106_6'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF is_handed(a, ids) THEN
        held := held || 'REFERRAL'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF sees_internally(a, ids) THEN
        held := held || 'INTERNAL'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF 'PRIV' = ANY(a.sets) AND rests(ids) THEN
        held := held || 'LAW'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF EXISTS (SELECT FROM unnest(ids) i(id), unnest(a.own) o(id), LATERAL (
               SELECT FROM records_subject s WHERE s.person_id = i.id AND s.agency_id = o.id
                 AND s.kind IN ('NOTE', 'VISIT', 'ASSESSMENT', 'PLAN') OFFSET 0) s) THEN
        held := held || 'WROTE'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF has_emergency(a, ids) THEN held := held || 'EMERGENCY'::text; END IF;
    RETURN held;
END $$;

CREATE OR REPLACE FUNCTION person_ground(p uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (grounds_of_person(asker(), p, true))[1]
$$;

-- Settled 17, 20 and R13: with the identity, unless protected; then only the agency that protects.
CREATE OR REPLACE FUNCTION sees_address(p uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    a asker_binding := asker();
    ids uuid[] := same_person(p);
BEGIN
    IF cardinality(grounds_of_person(a, p, true)) = 0 THEN RETURN false; END IF;
    RETURN NOT EXISTS (SELECT FROM records_protection x WHERE x.person_id = ANY(ids) AND x.ended_at IS NULL)
        OR EXISTS (SELECT FROM records_protection x WHERE x.person_id = ANY(ids) AND x.ended_at IS NULL AND x.agency_id = ANY(a.own));
END $$;

-- Grounds on one agenda item: sealed items only by seat; consent items by the own agency or everybody's consent.
CREATE OR REPLACE FUNCTION grounds_of_item(a asker_binding, item uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    i record;
    people uuid[];
    held text[] := '{}';
BEGIN
    IF a.staff IS NULL OR NOT (reads_cases(a.sets) OR 'PRIV' = ANY(a.sets)) THEN RETURN held; END IF;
    SELECT g.basis, g.archived_at, t.called_by_id, t.municipality_id AS town INTO i
    FROM records_agendaitem g JOIN records_sitting t ON t.id = g.sitting_id WHERE g.id = item;
    IF NOT FOUND OR i.town <> a.municipality THEN RETURN held; END IF;
    people := ARRAY(SELECT person_id FROM records_itemperson WHERE item_id = item);
    IF EXISTS (SELECT FROM unnest(people) x WHERE is_barred(a, same_person(x))) THEN RETURN held; END IF;
    IF i.archived_at IS NOT NULL THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;
    IF NOT reads_cases(a.sets) THEN RETURN held; END IF;
    IF i.basis = 'ARTICLE_106_6' THEN
        RETURN CASE WHEN is_seated(a, item) THEN ARRAY['ARTICLE_106_6'] ELSE held END;
    END IF;
    IF i.called_by_id = ANY(a.own) THEN held := held || 'HOLDER'::text; END IF;
    IF cardinality(people) > 0 AND NOT EXISTS (
        SELECT FROM unnest(people) x
        WHERE NOT consent_reaches(same_person(x), a.agency, a.staff, 'BASIC', a.at, day_of(a.at))) THEN
        held := held || 'CONSENT'::text;
    END IF;
    RETURN held;
END $$;

CREATE OR REPLACE FUNCTION item_ground(item uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (grounds_of_item(asker(), item))[1]
$$;

-- A notice is shown to the own agency, and to the hub's coordinators (settled 29).
CREATE OR REPLACE FUNCTION grounds_of_notice(a asker_binding, writer uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN writer = ANY(a.own) THEN ARRAY['OWN_NOTICE']
        WHEN 'COORD' = ANY(a.sets) AND EXISTS (SELECT FROM records_agency g WHERE g.id = a.agency AND g.is_hub) THEN ARRAY['REFERRAL']
        ELSE '{}' END
$$;

-- A summons and a record of a sitting are seen as far as one of its items is.
CREATE OR REPLACE FUNCTION grounds_of_sitting(a asker_binding, sitting uuid) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT ARRAY(SELECT g FROM (SELECT DISTINCT g FROM records_agendaitem i, unnest(grounds_of_item(a, i.id)) g
                                WHERE i.sitting_id = sitting) d
                 ORDER BY array_position(ARRAY['HOLDER', 'CONSENT', 'ARTICLE_106_6', 'LAW'], g))
$$;

-- Grounds on one record, in the order of settled 18. A bar on one of its people hides it (settled 19).
CREATE OR REPLACE FUNCTION grounds_of_record(a asker_binding, rec uuid, first_only boolean DEFAULT false) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r records_record;
    held text[] := '{}';
    today date := day_of(a.at);
BEGIN
    IF a.staff IS NULL THEN RETURN held; END IF;
    SELECT * INTO r FROM records_record WHERE id = rec AND municipality_id = a.municipality;
    IF NOT FOUND THEN RETURN held; END IF;
    IF r.kind IN ('SUMMONS', 'SITTING') THEN RETURN grounds_of_sitting(a, r.sitting_id); END IF;
    IF EXISTS (SELECT FROM records_subject s JOIN records_person p ON p.id = s.person_id
               JOIN records_person o ON o.identity = p.identity JOIN records_bar b ON b.person_id = o.id
               WHERE s.record_id = rec AND b.ended_at IS NULL AND (b.agency_id = a.agency OR b.staff_id = a.staff)) THEN
        RETURN held;
    END IF;
    IF r.archived_at IS NOT NULL THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;
    IF r.kind = 'BREAK_GLASS' AND 'PRIV' = ANY(a.sets) AND NOT reads_cases(a.sets) THEN RETURN ARRAY['LAW']; END IF;
    IF NOT reads_cases(a.sets) THEN RETURN held; END IF;
    IF r.kind <> 'NOTICE' AND r.agency_id = ANY(a.own) THEN
        held := held || 'HOLDER'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF r.kind <> 'NOTICE' AND r.scope = 'CASE_TEAM' AND EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec) AND NOT EXISTS (
        SELECT FROM records_subject s JOIN records_person p ON p.id = s.person_id
        WHERE s.record_id = rec AND NOT EXISTS (
            SELECT FROM records_person o JOIN records_consentreach c ON c.person_id = o.id
            WHERE o.identity = p.identity AND c.agency_id = a.agency AND c.data_class = r.data_class
              AND c.since <= a.at AND c.ended_at IS NULL AND (c.until IS NULL OR today <= c.until)
              AND NOT EXISTS (SELECT FROM records_consentexclusion x WHERE x.consent_id = c.consent_id
                              AND (x.agency_id = a.agency OR x.staff_id = a.staff)))) THEN
        held := held || 'CONSENT'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF EXISTS (SELECT FROM records_itemmaterial m JOIN records_agendaitem i ON i.id = m.item_id
               WHERE m.record_id = rec AND i.basis = 'ARTICLE_106_6' AND sees_sealed(a, i.id)) THEN
        held := held || 'ARTICLE_106_6'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF r.kind IN ('REFERRAL', 'HAND_BACK') AND EXISTS (
        SELECT FROM records_referral f WHERE f.record_id = rec AND f.receiver_id = a.agency
          AND referral_is_open(f.state, f.answered_at, f.closed_at, a.at)) THEN
        held := held || 'REFERRAL'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF r.kind = 'PLAN' AND 'CITY' = ANY(a.sets) AND EXISTS (
        SELECT FROM records_plan p WHERE p.record_id = rec AND is_before_the_decider(p)) THEN
        held := held || 'INTERNAL'::text;
    END IF;
    IF r.kind = 'BREAK_GLASS' AND 'PRIV' = ANY(a.sets) THEN held := held || 'LAW'::text; END IF;
    IF r.kind = 'NOTICE' THEN held := held || grounds_of_notice(a, r.agency_id); END IF;
    IF r.kind = 'ADVICE' AND r.addressee_id = a.agency THEN held := held || 'OWN_NOTICE'::text; END IF;
    IF NOT r.informant_confidential AND EXISTS (SELECT FROM records_emergency e WHERE e.staff_id = a.staff AND e.until > a.at)
       AND EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec) AND NOT EXISTS (
        SELECT FROM records_subject s WHERE s.record_id = rec AND NOT has_emergency(a, same_person(s.person_id))) THEN
        held := held || 'EMERGENCY'::text;
    END IF;
    RETURN held;
END $$;

CREATE OR REPLACE FUNCTION record_ground(rec uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (grounds_of_record(asker(), rec, true))[1]
$$;

-- Grounds on a case (settled 20): received it; sees somebody of it or its household; wrote records of it. The grounds on a
-- person exist as soon as one of their numbers has them, so the people whom no bar hides are asked for together.
CREATE OR REPLACE FUNCTION grounds_of_case(a asker_binding, c uuid, first_only boolean DEFAULT false) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k records_case;
    ids uuid[];
    held text[] := '{}';
BEGIN
    IF a.staff IS NULL OR NOT (reads_cases(a.sets) OR 'PRIV' = ANY(a.sets)) THEN RETURN held; END IF;
    SELECT * INTO k FROM records_case WHERE id = c AND municipality_id = a.municipality;
    IF NOT FOUND THEN RETURN held; END IF;
    IF EXISTS (SELECT FROM records_caseperson s JOIN records_person p ON p.id = s.person_id
               JOIN records_person o ON o.identity = p.identity JOIN records_bar b ON b.person_id = o.id
               WHERE s.case_id = c AND s.left_at IS NULL AND b.ended_at IS NULL
                 AND (b.agency_id = a.agency OR b.staff_id = a.staff)) THEN
        RETURN held;
    END IF;
    IF k.state = 'ARCHIVED' THEN RETURN CASE WHEN 'PRIV' = ANY(a.sets) THEN ARRAY['LAW'] ELSE held END; END IF;
    IF k.state = 'DISPOSED' OR NOT reads_cases(a.sets) THEN RETURN held; END IF;
    IF k.agency_id = ANY(a.own) THEN
        held := held || 'HOLDER'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    SELECT array_agg(o.id) INTO ids FROM (
        SELECT person_id AS id FROM records_caseperson WHERE case_id = c AND left_at IS NULL
        UNION SELECT id FROM records_person WHERE household_id = k.household_id) x
    JOIN records_person p ON p.id = x.id AND p.municipality_id = a.municipality
    JOIN records_person o ON o.identity = p.identity AND o.municipality_id = p.municipality_id
    WHERE NOT EXISTS (SELECT FROM records_person t JOIN records_bar b ON b.person_id = t.id
                      WHERE t.identity = p.identity AND t.municipality_id = p.municipality_id AND b.ended_at IS NULL
                        AND (b.agency_id = a.agency OR b.staff_id = a.staff));
    IF consent_reaches(ids, a.agency, a.staff, 'BASIC', a.at, day_of(a.at)) THEN
        held := held || 'CONSENT'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF sits_for(a, ids) THEN
        held := held || 'ARTICLE_106_6'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF is_handed(a, ids) THEN
        held := held || 'REFERRAL'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF sees_internally(a, ids) THEN
        held := held || 'INTERNAL'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF EXISTS (SELECT FROM (SELECT r.agency_id, r.kind FROM records_record r WHERE r.case_id = c OFFSET 0) r
               WHERE r.agency_id = ANY(a.own) AND r.kind IN ('NOTE', 'VISIT', 'ASSESSMENT', 'PLAN')) THEN
        held := held || 'WROTE'::text;
        IF first_only THEN RETURN held; END IF;
    END IF;
    IF has_emergency(a, ids) THEN held := held || 'EMERGENCY'::text; END IF;
    RETURN held;
END $$;

CREATE OR REPLACE FUNCTION case_ground(c uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (grounds_of_case(asker(), c, true))[1]
$$;

-- Whether an asker may write about a person: sees them, or sees a case of their household, and is not barred. What is seen
-- because it is put away (LAW) is read and not written about.
CREATE OR REPLACE FUNCTION knows(a asker_binding, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT NOT is_barred(a, same_person(p)) AND (
        coalesce((grounds_of_person(a, p, true))[1] <> 'LAW', false)
        OR EXISTS (SELECT FROM records_case c JOIN records_person q ON q.household_id = c.household_id
                   WHERE q.id = p AND c.municipality_id = a.municipality AND (grounds_of_case(a, c.id, true))[1] <> 'LAW'))
$$;
CREATE OR REPLACE FUNCTION asker_knows(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT knows(asker(), p) $$;
-- Whether the asker sees somebody who is not put away.
CREATE OR REPLACE FUNCTION asker_sees_living(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT coalesce(person_ground(p) <> 'LAW', false) $$;
CREATE OR REPLACE FUNCTION asker_is_barred(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT is_barred(asker(), same_person(p)) $$;
CREATE OR REPLACE FUNCTION asker_sees(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT cardinality(grounds_of_person(asker(), p, true)) > 0
$$;
