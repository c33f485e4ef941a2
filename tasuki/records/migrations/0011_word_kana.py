"""かな is カナ: the index of the letters of every record counts a letter once, however its kana is written."""

from django.db import migrations

_INDEX = """
    CREATE INDEX record_grams ON records_record USING gin (word_grams(municipality_id, record_words(text, fact, opinion)))
        WITH (fastupdate = off);
"""

# As 0009 has it, and each ひらがな with the number of its カタカナ, 96 further on (what stands between ゖ and ゝ is no letter).
# Not in record_words: to write every text anew in one kana takes many times as long as to look for either in it, so
# 07_words.sql does that.
_KANA = f"""
    DROP INDEX record_grams;
    CREATE OR REPLACE FUNCTION word_grams(town uuid, words text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT ('x' || left(replace(town::text, '-', ''), 16))::bit(64)::bigint # p.pair), '{{}}')
        FROM (SELECT (k.code << 21) | lead(k.code) OVER (ORDER BY k.place) AS pair
              FROM (SELECT l.place, (ascii(l.letter) + CASE WHEN l.letter COLLATE "C" >= 'ぁ' AND l.letter COLLATE "C" <= 'ゞ'
                                                            THEN 96 ELSE 0 END)::bigint AS code
                    FROM string_to_table(words, NULL) WITH ORDINALITY l(letter, place) OFFSET 0) k) p  -- OFFSET 0: once for each
        WHERE p.pair IS NOT NULL;
    END;
    {_INDEX}
"""
_AS_BEFORE = f"""
    DROP INDEX record_grams;
    CREATE OR REPLACE FUNCTION word_grams(town uuid, words text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT ('x' || left(replace(town::text, '-', ''), 16))::bit(64)::bigint # p.pair), '{{}}')
        FROM (SELECT (ascii(l.letter)::bigint << 21) | ascii(lead(l.letter) OVER (ORDER BY l.place)) AS pair
              FROM string_to_table(words, NULL) WITH ORDINALITY l(letter, place)) p
        WHERE p.pair IS NOT NULL;
    END;
    {_INDEX}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0010_rota'),
    ]

    operations = [
        migrations.RunSQL(_KANA, _AS_BEFORE),
    ]
