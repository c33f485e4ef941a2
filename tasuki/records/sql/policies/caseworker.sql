-- Who works on a case is there with the case.
GRANT SELECT ON records_caseworker TO tasuki_app;
GRANT INSERT ON records_caseworker TO tasuki_app;
GRANT INSERT, UPDATE ON records_caseworker TO tasuki_law;
CREATE POLICY app_select ON records_caseworker FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND case_ground(case_id) IS NOT NULL);
CREATE POLICY app_insert ON records_caseworker FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency()) AND case_ground(case_id) <> 'LAW');
