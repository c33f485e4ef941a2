-- A protection is read in the agency that protects by who knows the person; the law reads it to mask. It ends
-- once, with a reason, by two people: the second has confirmed at the door (9.7).
GRANT SELECT ON records_protection TO tasuki_app;
GRANT INSERT ON records_protection TO tasuki_app;
GRANT UPDATE (ended_at, end_reason, checked_by_id, review_on) ON records_protection TO tasuki_app;
CREATE POLICY app_select ON records_protection FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND agency_id = ANY((select asker_own())::uuid[]) AND asker_knows(person_id));
CREATE POLICY app_insert ON records_protection FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND asker_knows(person_id));
CREATE POLICY app_update ON records_protection FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ended_at IS NULL AND agency_id = ANY((select asker_own())::uuid[]) AND asker_knows(person_id))
    WITH CHECK (municipality_id = (select asker_municipality()) AND (ended_at IS NULL OR (end_reason <> '' AND was_confirmed(id, checked_by_id))));
