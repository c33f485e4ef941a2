-- Roles are there with the plan.
GRANT SELECT ON records_planrole TO tasuki_app;
GRANT INSERT ON records_planrole TO tasuki_app;
GRANT UPDATE (state, since) ON records_planrole TO tasuki_app;
CREATE POLICY app_select ON records_planrole FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(plan_id) IS NOT NULL);
CREATE POLICY app_insert ON records_planrole FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(plan_id, '{PLAN}'));
CREATE POLICY app_update ON records_planrole FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT record_is_kept(plan_id) AND record_ground(plan_id) IS NOT NULL);
