-- A file that is being made is its person's alone, where they are signed in and asked for it (10.6).
GRANT SELECT, INSERT ON records_export TO tasuki_app;
GRANT UPDATE (state, rows, total, size, persons, heard_at, read_at, ready_at, taken_at, until) ON records_export TO tasuki_app;
CREATE POLICY app_select ON records_export FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND session = (select asker_session()));
CREATE POLICY app_insert ON records_export FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND session = (select asker_session()));
CREATE POLICY app_update ON records_export FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND staff_id = (select asker_staff()) AND session = (select asker_session()));
