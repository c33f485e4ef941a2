-- Moves between households are there for who sees the person.
GRANT SELECT ON records_householdmove TO tasuki_app;
GRANT INSERT ON records_householdmove TO tasuki_app;
GRANT INSERT ON records_householdmove TO tasuki_law;
CREATE POLICY app_select ON records_householdmove FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (person_ground(person_id) IS NOT NULL));
CREATE POLICY app_insert ON records_householdmove FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND moved_by_id = (select asker_staff()) AND (is_unwritten(person_id) OR asker_knows(person_id)));
