-- A resource is no person: the whole town sees it.
GRANT SELECT ON records_resource TO tasuki_app;
GRANT INSERT ON records_resource TO tasuki_app;
GRANT UPDATE (assured_at, conditions, slots) ON records_resource TO tasuki_app;
CREATE POLICY app_select ON records_resource FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_resource FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()));
CREATE POLICY app_update ON records_resource FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
