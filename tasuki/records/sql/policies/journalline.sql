-- The journal is written with every act in the asker's own name and read by the privacy officer; nobody changes it.
GRANT SELECT ON records_journalline TO tasuki_app;
GRANT INSERT ON records_journalline TO tasuki_app;
CREATE POLICY app_select ON records_journalline FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (staff = (select asker_staff()) OR (select asker_may('PRIV'))));
CREATE POLICY app_insert ON records_journalline FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff = (select asker_staff()) AND agency = (select asker_agency()));
