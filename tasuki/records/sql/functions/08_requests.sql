-- 資料提供依頼 (法106条の6第3項, R7): what the agency that is asked may know of an item at which it may have no seat.

-- The agency asked reads the request, whoever of it reads cases at all, and never who is barred from one of the persons.
CREATE OR REPLACE FUNCTION asker_is_asked(request uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (SELECT (asker()).*) a JOIN records_materialrequest q ON q.agency_id = a.agency
        WHERE q.id = request AND q.municipality_id = a.municipality AND reads_cases(a.sets)
          AND NOT EXISTS (SELECT FROM records_agendaitem i WHERE i.id = q.item_id AND i.archived_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM records_itemperson p WHERE p.item_id = q.item_id AND asker_is_barred(p.person_id)))
$$;

-- Whom a request is about: name and birthday, for the agency asked, until it has answered.
CREATE OR REPLACE FUNCTION people_of_request(request uuid) RETURNS TABLE (person uuid, name text, kana text, born text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT p.id, p.name, p.kana, p.born FROM records_materialrequest q
    JOIN records_itemperson x ON x.item_id = q.item_id JOIN records_person p ON p.id = x.person_id
    WHERE q.id = request AND q.state = 'ASKED' AND asker_is_asked(q.id) ORDER BY p.registered_at, p.id
$$;

-- For which conference something is asked: its name, and nothing of the sitting.
CREATE OR REPLACE FUNCTION conference_of_request(request uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT k.name FROM records_materialrequest q JOIN records_agendaitem i ON i.id = q.item_id
    JOIN records_sitting t ON t.id = i.sitting_id JOIN records_conference k ON k.id = t.conference_id
    WHERE q.id = request AND (asker_is_asked(q.id) OR item_ground(q.item_id) IS NOT NULL)
$$;

-- The answering agency's own records about these persons go onto the item, at which it may have no seat. Returns how many.
CREATE OR REPLACE FUNCTION put_on_item(request uuid, records uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    q records_materialrequest;
    put integer;
BEGIN
    SELECT * INTO q FROM records_materialrequest WHERE id = request AND state = 'ASKED' AND asker_is_asked(id);
    IF NOT FOUND THEN RAISE EXCEPTION 'not asked of the asker' USING ERRCODE = '42501'; END IF;
    INSERT INTO records_itemmaterial (id, municipality_id, item_id, record_id)
    SELECT gen_random_uuid(), q.municipality_id, q.item_id, r.id FROM records_record r
    WHERE r.id = ANY(records) AND r.agency_id = q.agency_id AND r.municipality_id = q.municipality_id
      AND EXISTS (SELECT FROM records_subject s JOIN records_itemperson x ON x.person_id = ANY(same_person(s.person_id))
                  WHERE s.record_id = r.id AND x.item_id = q.item_id)
      AND NOT EXISTS (SELECT FROM records_itemmaterial m WHERE m.item_id = q.item_id AND m.record_id = r.id);
    GET DIAGNOSTICS put = ROW_COUNT;
    RETURN put;
END $$;

-- The people of a case's household whom the secretariat does not see and may name at a sealed item (settled 24):
-- ids only, and nobody from whom the asker is barred.
CREATE OR REPLACE FUNCTION unseen_at_home(c uuid) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT array_agg(p.id ORDER BY p.registered_at, p.id) FROM records_case k JOIN records_person p ON p.household_id = k.household_id
    WHERE k.id = c AND case_ground(c) IS NOT NULL AND (asker_may('COORD') OR asker_may('CHAIR'))
      AND NOT asker_sees(p.id) AND NOT asker_is_barred(p.id)
$$;
