-- Who has pledged secrecy is known in the whole town; each signs for themselves.
GRANT SELECT ON records_pledge TO tasuki_app;
GRANT INSERT ON records_pledge TO tasuki_app;
CREATE POLICY app_select ON records_pledge FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()));
CREATE POLICY app_insert ON records_pledge FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND agency_id = (select asker_agency()));
