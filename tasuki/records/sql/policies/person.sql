-- A person is there for who has a ground (R1), and for nobody who is barred.
GRANT SELECT ON records_person TO tasuki_app;
GRANT INSERT ON records_person TO tasuki_app;
GRANT UPDATE (name, kana, alias, born, sex, language, relation, lives_with, labels, key_person, area, died_on, version) ON records_person TO tasuki_app;
GRANT UPDATE (household_id, identity) ON records_person TO tasuki_law;
CREATE POLICY app_select ON records_person FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND person_ground(id) IS NOT NULL);
CREATE POLICY app_insert ON records_person FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND identity = id AND may_enter_household(household_id));
CREATE POLICY app_update ON records_person FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_sees_living(id));
