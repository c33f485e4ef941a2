-- Goals are there with the plan.
GRANT SELECT ON records_goal TO tasuki_app;
GRANT INSERT ON records_goal TO tasuki_app;
GRANT UPDATE (attained) ON records_goal TO tasuki_app;
CREATE POLICY app_select ON records_goal FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(plan_id) IS NOT NULL);
CREATE POLICY app_insert ON records_goal FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(plan_id, '{PLAN}'));
CREATE POLICY app_update ON records_goal FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT record_is_kept(plan_id) AND record_ground(plan_id) IS NOT NULL);
