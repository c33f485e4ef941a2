-- An intake is there with its record.
GRANT SELECT ON records_consultation TO tasuki_app;
GRANT INSERT ON records_consultation TO tasuki_app;
CREATE POLICY app_select ON records_consultation FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND record_ground(record_id) IS NOT NULL);
CREATE POLICY app_insert ON records_consultation FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(record_id, '{RECEIVE}') AND (visitor_id IS NULL OR may_name(visitor_id)));
