"""Indexes that only begin another one go: each cost a write for every row, and the longer one answers what they did."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# A new database is made without them; one that is older drops them here. Of two that are the same, the one that Django makes for
# the reference stays. Whether each column is sorted up or down is no difference: an index is read either way.
DROP = """
    DO $$ DECLARE one record; BEGIN
        FOR one IN
            SELECT DISTINCT i.indexrelid::regclass AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_index j ON j.indrelid = i.indrelid AND j.indexrelid <> i.indexrelid JOIN pg_class d ON d.oid = j.indexrelid
            JOIN pg_am a ON a.oid = c.relam AND a.oid = d.relam AND a.amname = 'btree'
            WHERE c.relnamespace = 'public'::regnamespace AND i.indrelid::regclass::text ^@ 'records_' AND NOT i.indisunique
              AND i.indpred IS NULL AND j.indpred IS NULL AND i.indexprs IS NULL
              AND j.indkey::text || ' ' ^@ (i.indkey::text || ' ') AND j.indclass::text || ' ' ^@ (i.indclass::text || ' ')
              AND (j.indnatts > i.indnatts OR j.indisunique OR c.relname < d.relname)
        LOOP EXECUTE format('DROP INDEX %s', one.index); END LOOP;
    END $$
"""


class Migration(migrations.Migration):
    """What an older database has and a new one has not."""

    dependencies: ClassVar = [("records", "0002_pairs")]
    operations: ClassVar = [migrations.RunSQL(DROP)]
