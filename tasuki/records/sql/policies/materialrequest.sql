-- A request under 106条の6第3項 is there with its item, and for the agency that is asked, unless it is barred.
GRANT SELECT ON records_materialrequest TO tasuki_app;
GRANT INSERT ON records_materialrequest TO tasuki_app;
GRANT UPDATE (state, answered_at, answered_by_id, answer) ON records_materialrequest TO tasuki_app;
CREATE POLICY app_select ON records_materialrequest FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (item_ground(item_id) IS NOT NULL OR asker_is_asked(id)));
CREATE POLICY app_insert ON records_materialrequest FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND asked_by_id = (select asker_staff())
                AND item_ground(item_id) = 'ARTICLE_106_6' AND ((select asker_may('COORD')) OR (select asker_may('CHAIR'))));
CREATE POLICY app_update ON records_materialrequest FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_is_asked(id))
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()));
