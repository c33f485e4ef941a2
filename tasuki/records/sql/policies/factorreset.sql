-- A reset of second factors is asked by the administrator, agreed by a second person of the city, and never unwritten.
GRANT SELECT, INSERT ON records_factorreset TO tasuki_app;
GRANT UPDATE (agreed_at, agreed_by_id, dropped_at) ON records_factorreset TO tasuki_app;
CREATE POLICY app_select ON records_factorreset FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY')) OR (select asker_may('PRIV'))));
CREATE POLICY app_insert ON records_factorreset FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (select asker_may('ADMIN')) AND asked_by_id = (select asker_staff())
        AND agreed_at IS NULL AND EXISTS (SELECT FROM records_staff s WHERE s.id = staff_id));
CREATE POLICY app_update ON records_factorreset FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND agreed_at IS NULL AND dropped_at IS NULL
        AND ((select asker_may('ADMIN')) OR (select asker_may('CITY')) OR (select asker_may('PRIV'))))
    WITH CHECK (municipality_id = (select asker_municipality())
        AND (agreed_at IS NULL OR (agreed_by_id = (select asker_staff()) AND agreed_by_id <> asked_by_id AND agreed_by_id <> staff_id)));
CREATE POLICY owner_all ON records_factorreset FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
