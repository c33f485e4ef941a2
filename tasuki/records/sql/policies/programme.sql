-- Programmes are the town's own data; its administrator, deciding office, coordinators and managers set them.
GRANT SELECT ON records_programme TO tasuki_app;
GRANT INSERT ON records_programme TO tasuki_app;
GRANT UPDATE ON records_programme TO tasuki_app;
CREATE POLICY app_select ON records_programme FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_programme FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY')) OR (select asker_may('COORD')) OR (select asker_may('MGR'))));
CREATE POLICY app_update ON records_programme FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY')) OR (select asker_may('COORD')) OR (select asker_may('MGR'))));
CREATE POLICY owner_all ON records_programme FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
