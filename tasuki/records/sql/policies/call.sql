-- The number of a call is there with its record for who sees the telephones of everybody whom the record is about (6.5);
-- it is read through number_of_call() alone.
GRANT SELECT (id, municipality_id, record_id) ON records_call TO tasuki_app;
GRANT INSERT ON records_call TO tasuki_app;
CREATE POLICY app_select ON records_call FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND tells_number(record_id));
CREATE POLICY app_insert ON records_call FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(record_id, '{NOTE,RECEIVE}'));
