-- Issues are there with their assessment.
GRANT SELECT ON records_issue TO tasuki_app;
GRANT INSERT ON records_issue TO tasuki_app;
CREATE POLICY app_select ON records_issue FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(record_id) IS NOT NULL);
CREATE POLICY app_insert ON records_issue FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(record_id, '{ASSESSMENT}') AND (stands_in(record_id, person_id) OR asker_knows(person_id)));
