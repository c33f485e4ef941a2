-- Who holds the たすき, now and before, is there with the case.
GRANT SELECT ON records_holding TO tasuki_app;
GRANT INSERT ON records_holding TO tasuki_app;
GRANT UPDATE (until) ON records_holding TO tasuki_app;
GRANT INSERT, UPDATE ON records_holding TO tasuki_law;
CREATE POLICY app_select ON records_holding FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND case_ground(case_id) IS NOT NULL);
CREATE POLICY app_insert ON records_holding FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND case_ground(case_id) <> 'LAW');
CREATE POLICY app_update ON records_holding FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT case_is_kept(case_id) AND case_ground(case_id) IS NOT NULL)
    WITH CHECK (municipality_id = (select asker_municipality()) AND case_ground(case_id) IS NOT NULL AND until IS NOT NULL);
