-- A sitting (place and time) is there for its secretariat and for who has a seat or a ground on an item. OFFSET 0: decision 0027.
GRANT SELECT ON records_sitting TO tasuki_app;
GRANT INSERT ON records_sitting TO tasuki_app;
GRANT UPDATE (state, held_at, minutes, present, version) ON records_sitting TO tasuki_app;
CREATE POLICY app_select ON records_sitting FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_agency()) = ANY(secretariat) OR called_by_id = (select asker_agency())
           OR EXISTS (SELECT FROM records_agendaitem i WHERE i.sitting_id = records_sitting.id OFFSET 0)));
CREATE POLICY app_insert ON records_sitting FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND called_by_id = (select asker_agency()));
CREATE POLICY app_update ON records_sitting FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((select asker_agency()) = ANY(secretariat) OR called_by_id = (select asker_agency())))
    WITH CHECK (municipality_id = (select asker_municipality()) AND ((select asker_agency()) = ANY(secretariat) OR called_by_id = (select asker_agency())) AND (minutes = '' OR NOT has_items(id)));
