-- A case is there on a ground (settled 20).
GRANT SELECT ON records_case TO tasuki_app;
GRANT INSERT ON records_case TO tasuki_app;
GRANT UPDATE (state, before_suspension, screened_as, hub_id, hub_since, use_decided_at, ended_at, end_reason, next_check_on, reopened_at, version) ON records_case TO tasuki_app;
GRANT UPDATE (household_id, use_decided_at, state, end_reason, screened_as, before_suspension, next_check_on, hub_id, hub_since, version) ON records_case TO tasuki_law;
CREATE POLICY app_select ON records_case FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND case_ground(id) IS NOT NULL);
CREATE POLICY app_insert ON records_case FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND may_receive_household(household_id));
CREATE POLICY app_update ON records_case FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND state NOT IN ('ARCHIVED', 'DISPOSED') AND case_ground(id) IS NOT NULL);
