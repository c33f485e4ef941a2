-- The footprint of reading is written with every reading and read by the privacy officer; nobody changes it.
GRANT SELECT ON records_readline TO tasuki_app;
GRANT INSERT ON records_readline TO tasuki_app;
CREATE POLICY app_select ON records_readline FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (select asker_may('PRIV')));
CREATE POLICY app_insert ON records_readline FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff = (select asker_staff()) AND agency = (select asker_agency()));
