-- Settings are the town's own data, with their history; its administrator adds the next row.
GRANT SELECT ON records_setting TO tasuki_app;
GRANT INSERT ON records_setting TO tasuki_app;
GRANT UPDATE ON records_setting TO tasuki_app;
CREATE POLICY app_select ON records_setting FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_setting FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY app_update ON records_setting FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')));
CREATE POLICY owner_all ON records_setting FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
