-- Areas are the town's own data; its administrator edits them.
GRANT SELECT ON records_area TO tasuki_app;
GRANT INSERT ON records_area TO tasuki_app;
GRANT UPDATE ON records_area TO tasuki_app;
CREATE POLICY app_select ON records_area FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_area FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY app_update ON records_area FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY owner_all ON records_area FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
