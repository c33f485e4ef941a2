-- 廃棄 (T33): the only place of the product where something that was written is deleted (a file on its way: 11_exports). Two people, the last day past, an approval, no stay.
GRANT DELETE ON records_agendaitem, records_call, records_caseperson, records_caseworker, records_consent,
    records_consentexclusion, records_consentreach, records_consentrefusal, records_consultation, records_contact, records_decision,
    records_draft, records_emergency, records_goal, records_stay, records_holding, records_householdmove, records_issue,
    records_itemmaterial, records_itemperson, records_match, records_materialrequest, records_opinion, records_pack,
    records_packrecord, records_person, records_personlink, records_plan, records_planrole, records_protection, records_bar,
    records_record, records_referral, records_searchkey, records_seat, records_sitting, records_strand, records_subject, records_task,
    records_watch TO tasuki_law;

-- The first of the two proposes.
CREATE OR REPLACE FUNCTION propose_disposal(c uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE records_keeping w SET proposed_at = asker_at(), proposed_by_id = asker_staff() FROM records_case k
    WHERE k.id = w.case_id AND w.case_id = c AND w.municipality_id = asker_municipality() AND asker_may('PRIV') AND k.state = 'ARCHIVED'
      AND w.proposed_at IS NULL AND w.keep_until < day_of(asker_at()) AND NOT is_stayed(c);
    IF NOT FOUND THEN RAISE EXCEPTION 'not to be proposed' USING ERRCODE = '42501'; END IF;
END $$;
CREATE OR REPLACE FUNCTION withdraw_proposal(c uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE records_keeping SET proposed_at = NULL, proposed_by_id = NULL
    WHERE case_id = c AND municipality_id = asker_municipality() AND (asker_may('PRIV') OR asker_may('MGR'))
      AND proposed_at IS NOT NULL AND disposed_at IS NULL;
    IF NOT FOUND THEN RAISE EXCEPTION 'nothing proposed' USING ERRCODE = '42501'; END IF;
END $$;

-- Who leaves with a case: those who rest, or of whose household nothing was ever written, who stand in no other case that is
-- not erased, and about whom nothing remains but what leaves too. Found by taking out, round after round, whoever something that stays is about.
CREATE OR REPLACE FUNCTION people_who_leave(c uuid) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    leaving uuid[];
    stays uuid[];
BEGIN
    SELECT coalesce(array_agg(p.id), '{}') INTO leaving FROM records_person p JOIN records_case k ON k.municipality_id = p.municipality_id
    WHERE k.id = c AND (rests(ARRAY[p.id]) OR (
            p.household_id = k.household_id AND NOT EXISTS (SELECT FROM records_subject s WHERE s.person_id = p.id) AND NOT EXISTS (
                SELECT FROM records_case o WHERE o.household_id = k.household_id AND o.id <> c AND o.state <> 'DISPOSED')))
      AND NOT EXISTS (SELECT FROM records_caseperson s JOIN records_case o ON o.id = s.case_id
                      WHERE s.person_id = p.id AND o.id <> c AND o.state <> 'DISPOSED');
    LOOP
        stays := ARRAY(
            SELECT s.person_id FROM records_subject s JOIN records_record r ON r.id = s.record_id
            WHERE s.person_id = ANY(leaving) AND r.case_id IS DISTINCT FROM c AND r.sitting_id IS NULL AND (
                r.case_id IS NOT NULL OR r.archived_at IS NULL
                OR EXISTS (SELECT FROM records_subject o WHERE o.record_id = r.id AND NOT o.person_id = ANY(leaving)))
            UNION SELECT x.person_id FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
            WHERE x.person_id = ANY(leaving) AND i.case_id IS DISTINCT FROM c AND (i.case_id IS NOT NULL OR EXISTS (
                SELECT FROM records_itemperson o WHERE o.item_id = i.id AND NOT o.person_id = ANY(leaving))));
        EXIT WHEN cardinality(stays) = 0;
        leaving := ARRAY(SELECT l FROM unnest(leaving) l WHERE NOT l = ANY(stays));
    END LOOP;
    RETURN leaving;
END $$;

-- Erase what was written in a case, and whoever leaves with it. For dispose_case() alone. Returns how many rows.
CREATE OR REPLACE FUNCTION erase_case(c uuid, leaving uuid[]) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone uuid[];
    items uuid[];
    emptied uuid[];
    ids text[];
    step text;
    n integer;
    erased integer := 0;
BEGIN
    items := ARRAY(SELECT i.id FROM records_agendaitem i WHERE i.case_id = c OR (i.case_id IS NULL AND i.archived_at IS NOT NULL
        AND EXISTS (SELECT FROM records_itemperson x WHERE x.item_id = i.id)
        AND NOT EXISTS (SELECT FROM records_itemperson x WHERE x.item_id = i.id AND NOT x.person_id = ANY(leaving))));
    emptied := ARRAY(SELECT DISTINCT i.sitting_id FROM records_agendaitem i WHERE i.id = ANY(items) AND NOT EXISTS (
        SELECT FROM records_agendaitem o WHERE o.sitting_id = i.sitting_id AND NOT o.id = ANY(items)));
    gone := ARRAY(SELECT r.id FROM records_record r WHERE r.case_id = c OR r.sitting_id = ANY(emptied) UNION
                  SELECT r.id FROM records_record r JOIN records_subject s ON s.record_id = r.id
                  WHERE s.person_id = ANY(leaving) AND r.case_id IS NULL AND r.sitting_id IS NULL);
    -- The verdict on a break-glass names its record in its details and nobody besides.
    gone := gone || ARRAY(SELECT r.id FROM records_record r WHERE r.kind = 'REVIEW' AND r.details ->> 'of' = ANY(gone::text[]));
    ids := (gone || leaving || items || c)::text[];
    SET CONSTRAINTS ALL DEFERRED;
    UPDATE records_decision SET task_id = NULL WHERE task_id IN (SELECT id FROM records_task WHERE case_id = c OR record_id = ANY(gone));
    UPDATE records_strand SET item_id = NULL WHERE item_id = ANY(items);
    UPDATE records_plan SET judged_item_id = NULL WHERE judged_item_id = ANY(items);
    UPDATE records_agendaitem SET plan_id = NULL WHERE plan_id = ANY(gone);
    FOREACH step IN ARRAY ARRAY[
        'records_draft WHERE EXISTS (SELECT FROM unnest($4) i WHERE position(i IN place) > 0)',
        'records_consentexclusion WHERE consent_id IN (SELECT id FROM records_consent WHERE record_id = ANY($1) OR person_id = ANY($2))',
        'records_consentreach WHERE person_id = ANY($2) OR consent_id IN (SELECT id FROM records_consent WHERE record_id = ANY($1))',
        'records_consent WHERE record_id = ANY($1) OR person_id = ANY($2)', 'records_consentrefusal WHERE record_id = ANY($1)',
        'records_call WHERE record_id = ANY($1)', 'records_consultation WHERE record_id = ANY($1)', 'records_issue WHERE record_id = ANY($1)',
        'records_goal WHERE plan_id = ANY($1)', 'records_planrole WHERE plan_id = ANY($1)', 'records_plan WHERE id = ANY($1)',
        'records_referral WHERE record_id = ANY($1) OR case_id = $5', 'records_watch WHERE record_id = ANY($1)',
        'records_task WHERE record_id = ANY($1) OR case_id = $5', 'records_match WHERE case_id = $5 OR person_id = ANY($2)',
        'records_emergency WHERE record_id = ANY($1)',
        'records_packrecord WHERE record_id = ANY($1) OR pack_id IN (SELECT id FROM records_pack WHERE record_id = ANY($1))',
        'records_pack WHERE record_id = ANY($1)', 'records_itemmaterial WHERE record_id = ANY($1) OR item_id = ANY($3)',
        'records_materialrequest WHERE item_id = ANY($3)', 'records_decision WHERE item_id = ANY($3)', 'records_opinion WHERE item_id = ANY($3)',
        'records_seat WHERE item_id = ANY($3)', 'records_itemperson WHERE item_id = ANY($3)', 'records_agendaitem WHERE id = ANY($3)',
        'records_subject WHERE record_id = ANY($1) OR person_id = ANY($2)', 'records_record WHERE id = ANY($1)',
        'records_sitting WHERE id = ANY($6)', 'records_strand WHERE case_id = $5', 'records_holding WHERE case_id = $5',
        'records_caseworker WHERE case_id = $5', 'records_caseperson WHERE case_id = $5 OR person_id = ANY($2)', 'records_stay WHERE case_id = $5',
        'records_contact WHERE person_id = ANY($2)', 'records_searchkey WHERE person_id = ANY($2)', 'records_householdmove WHERE person_id = ANY($2)',
        'records_protection WHERE person_id = ANY($2)', 'records_bar WHERE person_id = ANY($2)',
        'records_personlink WHERE first = ANY($2) OR second = ANY($2)', 'records_person WHERE id = ANY($2)'] LOOP
        EXECUTE 'DELETE FROM ' || step USING gone, leaving, items, ids, c, emptied;
        GET DIAGNOSTICS n = ROW_COUNT;
        erased := erased + n;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;  -- what still points to something erased is told here, and nothing of it has happened
    RETURN erased;
END $$;

-- The second of the two approves, and it is done. Asks everything again, whatever the act asked.
CREATE OR REPLACE FUNCTION dispose_case(c uuid, number_of_approval text) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    w records_keeping;
    leaving uuid[];
    erased integer;
BEGIN
    PERFORM FROM records_case WHERE id = c FOR UPDATE;
    SELECT k.* INTO w FROM records_keeping k JOIN records_case s ON s.id = k.case_id
    WHERE k.case_id = c AND k.municipality_id = asker_municipality() AND asker_may('MGR') AND s.state = 'ARCHIVED'
      AND k.archived_at IS NOT NULL AND k.proposed_by_id IS NOT NULL AND k.proposed_by_id <> asker_staff()
      AND k.keep_until < day_of(asker_at()) AND trim(number_of_approval) <> '' AND NOT is_stayed(c) FOR UPDATE OF k;
    IF NOT FOUND THEN RAISE EXCEPTION 'not to be disposed of' USING ERRCODE = '42501'; END IF;
    leaving := people_who_leave(c);
    erased := erase_case(c, leaving);
    UPDATE records_keeping SET approval = trim(number_of_approval), approved_by_id = asker_staff(), disposed_at = asker_at(),
        rows = erased, persons = cardinality(leaving) WHERE id = w.id;
    UPDATE records_case SET state = 'DISPOSED', end_reason = '', screened_as = '', before_suspension = '', next_check_on = NULL,
        hub_id = NULL, hub_since = NULL, use_decided_at = NULL, version = version + 1 WHERE id = c;
    RETURN erased;
END $$;
