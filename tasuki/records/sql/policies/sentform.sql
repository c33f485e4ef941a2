-- A form sent once is remembered for the one who sent it.
GRANT SELECT ON records_sentform TO tasuki_app;
GRANT INSERT ON records_sentform TO tasuki_app;
GRANT UPDATE (answer) ON records_sentform TO tasuki_app;
CREATE POLICY app_update ON records_sentform FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff = (select asker_staff()));
CREATE POLICY app_select ON records_sentform FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff = (select asker_staff()));
CREATE POLICY app_insert ON records_sentform FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff = (select asker_staff()));
