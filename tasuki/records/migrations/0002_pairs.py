"""The pairs of letters of a text, counted in half the time: the same numbers, so no index is built anew."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

# Each letter beside the next one, instead of a window over all of them, and the town's number once instead of for each pair.
# 12353 to 12446 are ぁ to ゞ: a ひらがな has the number of its カタカナ, 96 further on (0001_house.py says why).
PAIRS = """
    CREATE OR REPLACE FUNCTION word_grams(town uuid, words text) RETURNS bigint[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT o.town # (
                   ((ascii(p.a) + CASE WHEN ascii(p.a) BETWEEN 12353 AND 12446 THEN 96 ELSE 0 END)::bigint << 21)
                   | (ascii(p.b) + CASE WHEN ascii(p.b) BETWEEN 12353 AND 12446 THEN 96 ELSE 0 END))), '{}')
        FROM (SELECT ('x' || left(replace(word_grams.town::text, '-', ''), 16))::bit(64)::bigint AS town,
                     string_to_array(words, NULL) AS letters OFFSET 0) o,  -- OFFSET 0: once for all pairs
             unnest(o.letters, o.letters[2:]) p(a, b)
        WHERE p.b IS NOT NULL;
    END;
"""


class Migration(migrations.Migration):
    """One function by another that gives the same."""

    dependencies: ClassVar = [("records", "0001_house")]
    operations: ClassVar = [migrations.RunSQL(PAIRS)]
