-- Agencies are the town's own data; sign-in reads names to offer posts.
GRANT SELECT ON records_agency TO tasuki_app;
GRANT INSERT ON records_agency TO tasuki_app;
GRANT UPDATE ON records_agency TO tasuki_app;
GRANT SELECT ON records_agency TO tasuki_door;
CREATE POLICY app_select ON records_agency FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_agency FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY app_update ON records_agency FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY owner_all ON records_agency FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
CREATE POLICY door_select ON records_agency FOR SELECT TO tasuki_door
    USING (true);
