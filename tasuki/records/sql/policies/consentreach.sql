-- What reaches an agency is known to that agency and to who knows the person.
GRANT SELECT ON records_consentreach TO tasuki_app;
GRANT INSERT ON records_consentreach TO tasuki_app;
GRANT UPDATE (ended_at) ON records_consentreach TO tasuki_app;
GRANT UPDATE (ended_at) ON records_consentreach TO tasuki_law;
CREATE POLICY app_select ON records_consentreach FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_knows(person_id));
CREATE POLICY app_insert ON records_consentreach FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND writes_consent(consent_id, person_id));
CREATE POLICY app_update ON records_consentreach FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND asker_knows(person_id))
    WITH CHECK (municipality_id = (select asker_municipality()) AND asker_knows(person_id) AND ended_at IS NOT NULL);
