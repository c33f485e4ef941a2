-- Decisions are there with the item.
GRANT SELECT ON records_decision TO tasuki_app;
GRANT INSERT ON records_decision TO tasuki_app;
GRANT UPDATE (task_id) ON records_decision TO tasuki_app;
GRANT UPDATE (task_id) ON records_decision TO tasuki_law;
CREATE POLICY app_select ON records_decision FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_insert ON records_decision FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND prepares_item(item_id) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_update ON records_decision FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL AND prepares_item(item_id));
