-- Search keys are read only inside search_people, which asks for the ground; writers may add and retire them. The key itself is
-- no column of theirs: by its index, EXPLAIN ANALYZE would say of any name or telephone how often it stands there.
GRANT INSERT ON records_searchkey TO tasuki_app;
GRANT SELECT (id, municipality_id, person_id, kind) ON records_searchkey TO tasuki_app;
GRANT UPDATE (key) ON records_searchkey TO tasuki_app;
CREATE POLICY app_select ON records_searchkey FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND person_ground(person_id) IS NOT NULL AND (kind <> 'PHONE' OR sees_address(person_id)));
CREATE POLICY app_insert ON records_searchkey FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (is_unwritten(person_id) OR asker_sees_living(person_id)));
CREATE POLICY app_update ON records_searchkey FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_sees_living(person_id));
