-- A piece is read with its file, once that is ready and while its time lasts; it is put there while the file is under way (10.6).
GRANT SELECT, INSERT ON records_exportpiece TO tasuki_app;
CREATE POLICY app_select ON records_exportpiece FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND EXISTS (SELECT FROM records_export e
           WHERE e.id = records_exportpiece.export_id AND e.state = 'READY' AND (select asker_at()) < e.until));
CREATE POLICY app_insert ON records_exportpiece FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND EXISTS (SELECT FROM records_export e
                WHERE e.id = records_exportpiece.export_id AND e.state IN ('WAITING', 'MAKING')));
