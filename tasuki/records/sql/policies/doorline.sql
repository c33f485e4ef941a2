-- What happened at the door is written by the door and read by it and by the auditor; nobody changes it.
GRANT SELECT, INSERT ON records_doorline TO tasuki_door;
GRANT SELECT ON records_doorline TO tasuki_auditor;
CREATE POLICY door_select ON records_doorline FOR SELECT TO tasuki_door
    USING (true);
CREATE POLICY door_insert ON records_doorline FOR INSERT TO tasuki_door
    WITH CHECK (true);
CREATE POLICY auditor_select ON records_doorline FOR SELECT TO tasuki_auditor
    USING (true);
