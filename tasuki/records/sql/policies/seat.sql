-- Seats are there with the item.
GRANT SELECT ON records_seat TO tasuki_app;
GRANT INSERT ON records_seat TO tasuki_app;
GRANT UPDATE (present) ON records_seat TO tasuki_app;
CREATE POLICY app_select ON records_seat FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_insert ON records_seat FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND may_sit(item_id, staff_id, agency_id));
CREATE POLICY app_update ON records_seat FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL AND prepares_item(item_id));
