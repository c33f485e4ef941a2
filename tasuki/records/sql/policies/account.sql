-- Accounts are read at the door only, never by the role that serves pages.
GRANT SELECT, INSERT, UPDATE ON records_account TO tasuki_door;
CREATE POLICY door_all ON records_account FOR ALL TO tasuki_door
    USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON records_account FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
