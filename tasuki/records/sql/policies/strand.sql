-- A strand is there with its case.
GRANT SELECT ON records_strand TO tasuki_app;
GRANT INSERT ON records_strand TO tasuki_app;
GRANT UPDATE (stage, ended_at, end_reason) ON records_strand TO tasuki_app;
GRANT UPDATE (item_id) ON records_strand TO tasuki_law;
CREATE POLICY app_select ON records_strand FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND case_ground(case_id) IS NOT NULL);
CREATE POLICY app_insert ON records_strand FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND case_ground(case_id) <> 'LAW' AND asker_knows(person_id));
CREATE POLICY app_update ON records_strand FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT case_is_kept(case_id) AND case_ground(case_id) IS NOT NULL);
