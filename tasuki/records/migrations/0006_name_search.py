"""An index of the letters of each search key, so that a search need not read every key of the town."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import F, Func

# These two stand here and not in sql/functions: what an index is built from must not change under it. A change of
# either is a migration that builds the index anew. Names are qualified, because the server also calls them with no
# search path (VACUUM, REINDEX, restore).
_LETTERS = """
    -- A key by its sound: without long vowels, however they are written (ユウコ, ユコ from ユーコ), and with one letter for
    -- シ チ and for ス ツ, since the voiced ones are one already (ヂ is ジ). Twice is the same as once.
    CREATE FUNCTION name_sound(key text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN translate(
        regexp_replace(key, '([ウクスツヌフムユル])ウ+|([オコソトノホモヨロ])[ウオ]+|([エケセテネヘメレ])[イエ]+'
                            '|([アカサタナハマヤラワ])ア+|([イキシチニヒミリ])イ+', '\\1\\2\\3\\4\\5', 'g'), 'チツ', 'シス');

    -- The pairs of letters of a key and of its sound, and how each begins, under their town.
    CREATE FUNCTION name_grams(town uuid, key text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT array_agg(DISTINCT town::text || substr('^' || x.text, i, 2))
        FROM (VALUES (key), (public.name_sound(key))) x(text), generate_series(1, length(x.text)) i;
    END;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_accounts'),
    ]

    operations = [
        # It gives more columns now; sql/functions makes it again.
        migrations.RunSQL("DROP FUNCTION IF EXISTS search_people(text[], text[], integer)", migrations.RunSQL.noop),
        migrations.RunSQL(_LETTERS, "DROP FUNCTION name_grams, name_sound"),
        migrations.AddIndex(
            model_name='searchkey',
            index=GinIndex(
                Func(F('municipality_id'), F('key'), function='name_grams'), fastupdate=False, name='searchkey_grams',
            ),
        ),
    ]
