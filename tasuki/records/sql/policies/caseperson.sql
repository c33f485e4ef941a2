-- For whom a case was received is there with the case.
GRANT SELECT ON records_caseperson TO tasuki_app;
GRANT INSERT ON records_caseperson TO tasuki_app;
GRANT UPDATE (left_at) ON records_caseperson TO tasuki_law;
CREATE POLICY app_select ON records_caseperson FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND case_ground(case_id) IS NOT NULL);
CREATE POLICY app_insert ON records_caseperson FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND EXISTS (SELECT FROM records_case c WHERE c.id = records_caseperson.case_id AND c.agency_id = (select asker_agency())) AND NOT case_is_kept(case_id)
                AND may_name(person_id));
