-- A link between two persons is there for who sees one of them. It ends once, by two people: the second has confirmed at the door
-- (9.7), since what guarded both of them guards each alone afterwards.
GRANT SELECT ON records_personlink TO tasuki_app;
GRANT INSERT ON records_personlink TO tasuki_app;
GRANT UPDATE (ended_at) ON records_personlink TO tasuki_app;
CREATE POLICY app_select ON records_personlink FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (asker_sees(first) OR asker_sees(second)));
CREATE POLICY app_insert ON records_personlink FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND linked_by_id = (select asker_staff()) AND checked_by_id <> linked_by_id AND asker_sees_living(first) AND asker_sees_living(second));
CREATE POLICY app_update ON records_personlink FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ended_at IS NULL AND asker_sees_living(first) AND asker_sees_living(second))
    WITH CHECK (municipality_id = (select asker_municipality()) AND (ended_at IS NULL OR any_confirmed(ARRAY[first, second])));
