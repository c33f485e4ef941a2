-- The footprint of reading is written in the asker's own name and moment, and read by the privacy officer; nobody changes it.
GRANT SELECT ON records_readline TO tasuki_app, tasuki_auditor;
-- Column by column: a running number that could be chosen would let a line stand where it was not written.
GRANT INSERT (id, municipality_id, at, staff, agency, post, terminal, door, what, target, "case", persons, ground)
    ON records_readline TO tasuki_app;
CREATE POLICY app_select ON records_readline FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')));
CREATE POLICY app_insert ON records_readline FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff = (select asker_staff())
        AND agency = (select asker_agency()) AND post = (select asker_post()) AND at = (select asker_at()));
CREATE POLICY auditor_select ON records_readline FOR SELECT TO tasuki_auditor USING (true);
