-- A municipality sees itself only; sign-in reads names to offer posts.
GRANT SELECT ON records_municipality TO tasuki_app;
GRANT SELECT ON records_municipality TO tasuki_door;
CREATE POLICY app_select ON records_municipality FOR SELECT TO tasuki_app
    USING (id = (select asker_municipality()));
CREATE POLICY door_select ON records_municipality FOR SELECT TO tasuki_door
    USING (true);
CREATE POLICY owner_all ON records_municipality FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
