-- A plan is there with its record; the decision officer from the judgement on (settled 28).
GRANT SELECT ON records_plan TO tasuki_app;
GRANT INSERT ON records_plan TO tasuki_app;
GRANT UPDATE (state, judged_at, judged_result, judged_item_id, decided_at, decided_by_id, lead_id, ended_at, evaluated_at, verdict, monitor_by) ON records_plan TO tasuki_app;
GRANT UPDATE (judged_item_id) ON records_plan TO tasuki_law;
CREATE POLICY app_select ON records_plan FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(record_id) IS NOT NULL);
CREATE POLICY app_insert ON records_plan FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND id = record_id AND wrote_in_case(record_id, '{PLAN}', case_id));
CREATE POLICY app_update ON records_plan FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT record_is_kept(record_id) AND record_ground(record_id) IS NOT NULL);
