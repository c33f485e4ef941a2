-- What somebody is writing is theirs alone, in the post in which they write it.
GRANT SELECT ON records_draft TO tasuki_app;
GRANT INSERT ON records_draft TO tasuki_app;
GRANT UPDATE ON records_draft TO tasuki_app;
CREATE POLICY app_select ON records_draft FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency()));
CREATE POLICY app_insert ON records_draft FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency()));
CREATE POLICY app_update ON records_draft FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency()));
