-- Sessions are opened and ended at the door; begin_request reads them as the law.
GRANT SELECT, INSERT, UPDATE ON records_signin TO tasuki_door;
GRANT UPDATE (seen_at) ON records_signin TO tasuki_law;
CREATE POLICY door_all ON records_signin FOR ALL TO tasuki_door
    USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON records_signin FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
