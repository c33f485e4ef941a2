-- A bar is read by who sees the person, so never by the one who is barred. It ends once, with a reason, by two people: the second
-- has confirmed at the door (9.7).
GRANT SELECT ON records_bar TO tasuki_app;
GRANT INSERT ON records_bar TO tasuki_app;
GRANT UPDATE (ended_at, end_reason, checked_by_id) ON records_bar TO tasuki_app;
CREATE POLICY app_select ON records_bar FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (person_ground(person_id) IS NOT NULL));
CREATE POLICY app_insert ON records_bar FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND asker_knows(person_id));
CREATE POLICY app_update ON records_bar FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ended_at IS NULL AND asker_sees_living(person_id))
    WITH CHECK (municipality_id = (select asker_municipality()) AND (ended_at IS NULL OR (end_reason <> '' AND was_confirmed(id, checked_by_id))));
