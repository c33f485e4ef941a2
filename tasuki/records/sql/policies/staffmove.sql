-- Moves are known in the whole town like posts; the administrator or the deciding office plans them, the law carries them out.
GRANT SELECT, INSERT ON records_staffmove TO tasuki_app;
GRANT UPDATE (withdrawn_at) ON records_staffmove TO tasuki_app;
GRANT UPDATE ON records_staffmove TO tasuki_law;
CREATE POLICY app_select ON records_staffmove FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_staffmove FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND ((select asker_may('ADMIN')) OR (select asker_may('CITY')))
        AND planned_by_id = (select asker_staff()) AND done_at IS NULL);
CREATE POLICY app_update ON records_staffmove FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND done_at IS NULL AND ((select asker_may('ADMIN')) OR (select asker_may('CITY'))))
    WITH CHECK (municipality_id = (select asker_municipality()));
CREATE POLICY owner_all ON records_staffmove FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
