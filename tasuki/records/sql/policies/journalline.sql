-- The journal is written with every act in the asker's own name and moment, read by the privacy officer; nobody changes it.
GRANT SELECT ON records_journalline TO tasuki_app, tasuki_auditor;
-- Column by column, as in readline.sql.
GRANT INSERT (id, municipality_id, at, staff, agency, post, terminal, act, target, "case", facts)
    ON records_journalline TO tasuki_app, tasuki_law;
CREATE POLICY app_select ON records_journalline FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (staff = (select asker_staff()) OR (select asker_may('PRIV'))));
CREATE POLICY app_insert ON records_journalline FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff = (select asker_staff())
        AND agency = (select asker_agency()) AND post = (select asker_post()) AND at = (select asker_at()));
CREATE POLICY auditor_select ON records_journalline FOR SELECT TO tasuki_auditor USING (true);
