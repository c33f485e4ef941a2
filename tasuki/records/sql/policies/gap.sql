-- A gap names no person: the whole town sees it.
GRANT SELECT ON records_gap TO tasuki_app;
GRANT INSERT ON records_gap TO tasuki_app;
GRANT UPDATE (project_at, launched_at) ON records_gap TO tasuki_app;
CREATE POLICY app_select ON records_gap FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_gap FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()));
CREATE POLICY app_update ON records_gap FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
