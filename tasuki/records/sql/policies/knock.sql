-- Failures from a source are counted at the door only.
GRANT SELECT, INSERT, UPDATE ON records_knock TO tasuki_door;
CREATE POLICY door_all ON records_knock FOR ALL TO tasuki_door
    USING (true) WITH CHECK (true);
