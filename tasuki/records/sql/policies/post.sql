-- Posts are known in the whole town; they are moved by the administrator or the deciding office.
GRANT SELECT ON records_post TO tasuki_app;
GRANT INSERT ON records_post TO tasuki_app;
GRANT UPDATE ON records_post TO tasuki_app;
GRANT SELECT ON records_post TO tasuki_door;
CREATE POLICY app_select ON records_post FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_post FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY'))));
CREATE POLICY app_update ON records_post FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY'))));
CREATE POLICY owner_all ON records_post FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
CREATE POLICY door_select ON records_post FOR SELECT TO tasuki_door
    USING (true);
