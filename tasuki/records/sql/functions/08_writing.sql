-- Who may write what (rules of disclosure, chapter 9): whether a new row may point to what it points to.
-- What is not there for the asker and what was never there are answered alike: no.

-- The asker's own record of one of these kinds: details hang only on what one has written oneself and is not barred from.
CREATE OR REPLACE FUNCTION wrote(rec uuid, kinds text[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_record r WHERE r.id = rec AND r.kind = ANY(kinds)
                   AND r.agency_id = asker_agency() AND r.staff_id = asker_staff() AND r.archived_at IS NULL)
       AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND asker_is_barred(s.person_id))
$$;
CREATE OR REPLACE FUNCTION wrote_in_case(rec uuid, kinds text[], c uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT wrote(rec, kinds) AND EXISTS (SELECT FROM records_record r WHERE r.id = rec AND r.case_id = c)
$$;

-- Just registered: nobody has written anything about them, so nobody can have a ground yet.
CREATE OR REPLACE FUNCTION is_unwritten(p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT may_name(p) AND NOT EXISTS (SELECT FROM records_subject s WHERE s.person_id = p)
$$;

-- A household for which a case may be opened: somebody of it may be named.
CREATE OR REPLACE FUNCTION may_receive_household(h uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_person p WHERE p.household_id = h AND may_name(p.id))
$$;

-- A household somebody may be registered into: an empty one, or one of which somebody may be named. The desk that receives
-- has no ground before the reception is written; it knows the number of the household, which is random, or it does not.
CREATE OR REPLACE FUNCTION may_enter_household(h uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_household x WHERE x.id = h AND x.municipality_id = asker_municipality()) AND (
        NOT EXISTS (SELECT FROM records_person p WHERE p.household_id = h) OR may_receive_household(h))
$$;

-- A record may name a case that the asker sees, or one of somebody whom they know; the case of a record that it amends;
-- and for D1 any case of the town in which nobody stands from whom they are barred.
CREATE OR REPLACE FUNCTION may_write_in_case(c uuid, kind text, amended uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT c IS NULL OR NOT case_is_kept(c) AND (case_ground(c) IS NOT NULL
        OR EXISTS (SELECT FROM records_caseperson p WHERE p.case_id = c AND p.left_at IS NULL AND asker_knows(p.person_id))
        OR (kind = 'AMENDMENT' AND EXISTS (SELECT FROM records_record r WHERE r.id = amended AND r.case_id = c)
            AND record_ground(amended) IS NOT NULL)
        OR (kind = 'USE_DECISION' AND may_decide_use(c)))
$$;

-- A record of one's own may name: whom one knows; whom this very act makes known (reception, consent in hand, notice,
-- break-glass, disclosure); who stands in the case, the item or the record that it is written on.
CREATE OR REPLACE FUNCTION may_write_about(rec uuid, p uuid, said_kind text, said_agency uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    r records_record;
BEGIN
    SELECT * INTO r FROM records_record WHERE id = rec AND agency_id = said_agency;
    IF NOT FOUND OR NOT may_name(p) OR NOT wrote(rec, ARRAY[said_kind]) THEN RETURN false; END IF;
    RETURN r.kind IN ('NOTICE', 'RECEIVE', 'CONSENT', 'BREAK_GLASS')
        OR (r.kind = 'DISCLOSURE' AND asker_may('PRIV'))
        OR asker_knows(p)
        OR ((r.kind = 'USE_DECISION' AND asker_may('CITY') OR case_ground(r.case_id) IS NOT NULL)
            AND EXISTS (SELECT FROM records_caseperson c WHERE c.case_id = r.case_id AND c.person_id = p AND c.left_at IS NULL))
        OR (r.kind IN ('SUMMONS', 'SITTING') AND EXISTS (
            SELECT FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
            WHERE i.sitting_id = r.sitting_id AND x.person_id = p))
        OR EXISTS (SELECT FROM records_subject s JOIN records_record o ON o.id = s.record_id
                   WHERE s.person_id = p AND (o.id = r.amends_id OR o.case_id = r.case_id AND o.kind = 'PLAN')
                     AND record_ground(o.id) IS NOT NULL);
END $$;

-- The agency that called a sitting and its secretariat prepare it: agenda, seats, materials, what was said.
CREATE OR REPLACE FUNCTION prepares(sitting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_sitting t WHERE t.id = sitting AND t.municipality_id = asker_municipality()
                   AND (t.called_by_id = asker_agency() OR asker_agency() = ANY(t.secretariat)))
$$;
-- An item that a bar hides is not there for who called its sitting either (1.7): nothing is prepared for it, and nothing told.
CREATE OR REPLACE FUNCTION prepares_item(item uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_agendaitem i WHERE i.id = item AND i.archived_at IS NULL AND prepares(i.sitting_id))
       AND NOT EXISTS (SELECT FROM records_itemperson x WHERE x.item_id = item AND asker_is_barred(x.person_id))
$$;
-- A meeting that deals with no case has one text for all; it takes no item.
CREATE OR REPLACE FUNCTION may_add_item(sitting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT prepares(sitting) AND EXISTS (SELECT FROM records_sitting t WHERE t.id = sitting AND t.minutes = '')
$$;
CREATE OR REPLACE FUNCTION has_items(sitting uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT prepares(sitting) AND EXISTS (SELECT FROM records_agendaitem i WHERE i.sitting_id = sitting)
$$;

-- R4: nobody gets a seat at a sealed item without a pledge of their own that is valid today.
CREATE OR REPLACE FUNCTION may_sit(item uuid, who uuid, whose uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT prepares_item(item) AND whose = ANY(agencies_of_staff(who)) AND (
        has_pledge(who, day_of(asker_at()))
        OR EXISTS (SELECT FROM records_agendaitem i WHERE i.id = item AND i.basis <> 'ARTICLE_106_6'))
$$;

-- Settled 24: a person whom the summoner or somebody invited knows; whom the summoner is barred from does not exist.
CREATE OR REPLACE FUNCTION may_put_on_agenda(item uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT prepares_item(item) AND may_name(p) AND (asker_knows(p) OR EXISTS (
        SELECT FROM records_seat s WHERE s.item_id = item AND NOT s.is_deputy AND staff_knows(s.staff_id, p)))
$$;

-- Material: a record about somebody of the item, or that an agency seated at it wrote, or that the summoner sees; about
-- nobody from whom the summoner is barred.
CREATE OR REPLACE FUNCTION can_be_material(item uuid, rec uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT prepares_item(item) AND EXISTS (
        SELECT FROM records_record r WHERE r.id = rec AND r.municipality_id = asker_municipality() AND r.archived_at IS NULL
          AND (record_ground(rec) IS NOT NULL OR EXISTS (
            SELECT FROM records_seat s WHERE s.item_id = item AND s.agency_id = r.agency_id) OR EXISTS (
            SELECT FROM records_itemperson x JOIN records_subject s ON s.person_id = ANY(same_person(x.person_id))
            WHERE x.item_id = item AND s.record_id = rec)))
      AND NOT EXISTS (SELECT FROM records_subject s WHERE s.record_id = rec AND asker_is_barred(s.person_id))
$$;

-- A reach or an exclusion hangs on a consent that the asker is writing, of the person who gives it.
CREATE OR REPLACE FUNCTION writes_consent(k uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_consent c WHERE c.id = k AND (p IS NULL OR c.person_id = p) AND wrote(c.record_id, '{CONSENT}'))
$$;
-- Whether somebody stands in a record of the asker's own.
CREATE OR REPLACE FUNCTION stands_in(rec uuid, p uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM records_subject s JOIN records_record r ON r.id = s.record_id
                   WHERE s.record_id = rec AND s.person_id = p AND r.agency_id = asker_agency() AND r.staff_id = asker_staff())
$$;
