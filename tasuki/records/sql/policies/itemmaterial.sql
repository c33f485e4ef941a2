-- Materials are there with the item.
GRANT SELECT ON records_itemmaterial TO tasuki_app;
GRANT INSERT ON records_itemmaterial TO tasuki_app;
GRANT INSERT ON records_itemmaterial TO tasuki_law;
CREATE POLICY app_select ON records_itemmaterial FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_insert ON records_itemmaterial FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND can_be_material(item_id, record_id));
