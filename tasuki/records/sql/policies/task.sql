-- A task is there with its case, and for who reads cases in the agency that promised it, unless barred from its people.
GRANT SELECT ON records_task TO tasuki_app;
GRANT INSERT ON records_task TO tasuki_app;
GRANT UPDATE (done_at, done_by_id) ON records_task TO tasuki_app;
CREATE POLICY app_select ON records_task FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND ((agency_id = (select asker_agency()) AND may_read_promise(case_id, record_id)) OR case_ground(case_id) IS NOT NULL));
CREATE POLICY app_insert ON records_task FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND (may_write_in_case(case_id, kind, NULL)
                OR EXISTS (SELECT FROM records_agendaitem i WHERE i.case_id = records_task.case_id AND i.archived_at IS NULL)));
CREATE POLICY app_update ON records_task FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT case_is_kept(case_id) AND NOT record_is_kept(record_id) AND ((agency_id = (select asker_agency()) AND may_read_promise(case_id, record_id)) OR case_ground(case_id) IS NOT NULL));
