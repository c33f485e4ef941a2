-- A task is there for the agency that promised it and with its case.
GRANT SELECT ON records_task TO tasuki_app;
GRANT INSERT ON records_task TO tasuki_app;
GRANT UPDATE (done_at, done_by_id) ON records_task TO tasuki_app;
CREATE POLICY app_select ON records_task FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (agency_id = (select asker_agency()) OR EXISTS (SELECT FROM records_case c WHERE c.id = records_task.case_id)));
CREATE POLICY app_insert ON records_task FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()));
CREATE POLICY app_update ON records_task FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (agency_id = (select asker_agency()) OR EXISTS (SELECT FROM records_case c WHERE c.id = records_task.case_id))) WITH CHECK (municipality_id = (select asker_municipality()));
