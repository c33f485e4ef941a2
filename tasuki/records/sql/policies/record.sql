-- A record is there on a ground (settled 18, 19); it is written in the asker's own name and never rewritten.
GRANT SELECT ON records_record TO tasuki_app;
GRANT INSERT ON records_record TO tasuki_app;
GRANT UPDATE (locked_at) ON records_record TO tasuki_app;
GRANT UPDATE (archived_at) ON records_record TO tasuki_law;
CREATE POLICY app_select ON records_record FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(id) IS NOT NULL);
CREATE POLICY app_insert ON records_record FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND staff_id = (select asker_staff())
                AND may_write_in_case(case_id, kind, amends_id) AND (amends_id IS NULL OR (record_ground(amends_id) IS NOT NULL AND NOT record_is_kept(amends_id)))
                AND (sitting_id IS NULL OR prepares(sitting_id)));
CREATE POLICY app_update ON records_record FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND agency_id = (select asker_agency()) AND record_ground(id) IS NOT NULL AND archived_at IS NULL);
