-- An exclusion is there with its consent. OFFSET 0: decision 0027.
GRANT SELECT ON records_consentexclusion TO tasuki_app;
GRANT INSERT ON records_consentexclusion TO tasuki_app;
CREATE POLICY app_select ON records_consentexclusion FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND EXISTS (SELECT FROM records_consent c WHERE c.id = records_consentexclusion.consent_id OFFSET 0));
CREATE POLICY app_insert ON records_consentexclusion FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND writes_consent(consent_id, NULL));
