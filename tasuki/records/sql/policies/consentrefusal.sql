-- A refusal is there with its record.
GRANT SELECT ON records_consentrefusal TO tasuki_app;
GRANT INSERT ON records_consentrefusal TO tasuki_app;
CREATE POLICY app_select ON records_consentrefusal FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(record_id) IS NOT NULL);
CREATE POLICY app_insert ON records_consentrefusal FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(record_id, '{WITHDRAWAL,REFUSAL}') AND stands_in(record_id, person_id));
