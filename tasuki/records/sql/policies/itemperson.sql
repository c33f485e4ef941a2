-- Whom an item is about is there with the item.
GRANT SELECT ON records_itemperson TO tasuki_app;
GRANT INSERT ON records_itemperson TO tasuki_app;
CREATE POLICY app_select ON records_itemperson FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND item_ground(item_id) IS NOT NULL);
CREATE POLICY app_insert ON records_itemperson FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND may_put_on_agenda(item_id, person_id));
