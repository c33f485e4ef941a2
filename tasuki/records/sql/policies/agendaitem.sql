-- An item is there by its own basis: sealed items by seat only (R3).
GRANT SELECT ON records_agendaitem TO tasuki_app;
GRANT INSERT ON records_agendaitem TO tasuki_app;
GRANT UPDATE (discussion, minutes_planned, position) ON records_agendaitem TO tasuki_app;
GRANT UPDATE (archived_at, plan_id) ON records_agendaitem TO tasuki_law;
CREATE POLICY app_select ON records_agendaitem FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(id) IS NOT NULL);
CREATE POLICY app_insert ON records_agendaitem FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND ((select asker_may('COORD')) OR (select asker_may('CHAIR'))) AND may_add_item(sitting_id)
                AND (plan_id IS NULL OR record_ground(plan_id) IS NOT NULL));
CREATE POLICY app_update ON records_agendaitem FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND archived_at IS NULL AND item_ground(id) IS NOT NULL AND prepares(sitting_id));
