-- The persons of a record are there with the record.
GRANT SELECT ON records_subject TO tasuki_app;
GRANT INSERT ON records_subject TO tasuki_app;
CREATE POLICY app_select ON records_subject FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (EXISTS (SELECT FROM records_record r WHERE r.id = records_subject.record_id)));
CREATE POLICY app_insert ON records_subject FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()));
