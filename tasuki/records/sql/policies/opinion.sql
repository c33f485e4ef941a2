-- Opinions are there with the item.
GRANT SELECT ON records_opinion TO tasuki_app;
GRANT INSERT ON records_opinion TO tasuki_app;
CREATE POLICY app_select ON records_opinion FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_insert ON records_opinion FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND prepares_item(item_id) AND item_ground(item_id) IS NOT NULL);
