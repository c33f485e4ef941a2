-- The persons of a record are there with the record; of a summons or sitting those whose item is there. OFFSET 0: decision 0027.
GRANT SELECT ON records_subject TO tasuki_app;
GRANT INSERT ON records_subject TO tasuki_app;
GRANT UPDATE (kind) ON records_subject TO tasuki_law;
CREATE POLICY app_select ON records_subject FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (EXISTS (SELECT FROM records_record r WHERE r.id = records_subject.record_id
           AND (r.kind NOT IN ('SUMMONS', 'SITTING') OR EXISTS (
                SELECT FROM records_itemperson x JOIN records_agendaitem i ON i.id = x.item_id
                WHERE i.sitting_id = r.sitting_id AND x.person_id = records_subject.person_id OFFSET 0)) OFFSET 0)));
CREATE POLICY app_insert ON records_subject FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND may_write_about(record_id, person_id, kind, agency_id));
