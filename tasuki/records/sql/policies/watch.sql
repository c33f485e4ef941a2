-- A watch is there with its record, and for those who look in or go first, unless barred.
GRANT SELECT ON records_watch TO tasuki_app;
GRANT INSERT ON records_watch TO tasuki_app;
GRANT UPDATE (last_contact_at, ended_at, end_reason, watchers, turn_id, taken_from_id, last_by_id) ON records_watch TO tasuki_app;
CREATE POLICY app_select ON records_watch FOR SELECT TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND (record_ground(record_id) IS NOT NULL
           OR (((select asker_agency()) = ANY(watchers) OR first_responder_id = (select asker_agency())) AND asker_sees_watched(record_id))));
CREATE POLICY app_update ON records_watch FOR UPDATE TO tasuki_app
    USING (municipality_id = (select asker_municipality()) AND NOT record_is_kept(record_id) AND (record_ground(record_id) IS NOT NULL
           OR (((select asker_agency()) = ANY(watchers) OR first_responder_id = (select asker_agency())) AND asker_sees_watched(record_id))));
CREATE POLICY app_insert ON records_watch FOR INSERT TO tasuki_app
    WITH CHECK (municipality_id = (select asker_municipality()) AND wrote(record_id, '{WATCH}'));
