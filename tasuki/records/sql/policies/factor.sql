-- Second factors are read and written at the door only; their secrets are sealed by a key outside the database.
GRANT SELECT, INSERT ON records_factor TO tasuki_door;
GRANT UPDATE (name, sealed, used_step, used_at, ended_at) ON records_factor TO tasuki_door;
CREATE POLICY door_all ON records_factor FOR ALL TO tasuki_door
    USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON records_factor FOR ALL TO tasuki_owner
    USING (true) WITH CHECK (true);
