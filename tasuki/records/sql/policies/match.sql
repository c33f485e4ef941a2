-- A match is there for who sees the person.
GRANT SELECT ON records_match TO tasuki_app;
GRANT INSERT ON records_match TO tasuki_app;
GRANT UPDATE (state, started_at, ended_at) ON records_match TO tasuki_app;
CREATE POLICY app_select ON records_match FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (person_ground(person_id) IS NOT NULL)
           AND (NOT case_is_kept(case_id) OR (select asker_may('PRIV'))));
CREATE POLICY app_insert ON records_match FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND asker_knows(person_id) AND NOT case_is_kept(case_id));
CREATE POLICY app_update ON records_match FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_sees_living(person_id) AND NOT case_is_kept(case_id));
