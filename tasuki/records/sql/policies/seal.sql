-- Seals are made by seal_footprint() alone and read by the auditor's role; the serving role has no business with them.
GRANT SELECT ON records_seal TO tasuki_auditor;
GRANT INSERT ON records_seal TO tasuki_law;
CREATE POLICY auditor_select ON records_seal FOR SELECT TO tasuki_auditor USING (true);
