"""An index of the letters of every record, so that a word is found without reading all that was ever written."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Func

# As in 0006: what an index is built from must not change under it; a change of either is a migration that builds it anew.
_LETTERS = """
    -- Everything that a record says, in letters of one width and size.
    CREATE FUNCTION record_words(text text, fact text, opinion text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(text || E'\\n' || fact || E'\\n' || opinion, NFKC));

    -- The pairs of letters of a text, each a number that its town alone has: what is kept for a pair must be small, since a
    -- town has a hundred million of them. Two pairs with one number cost a look at the text, which is taken anyway.
    CREATE FUNCTION word_grams(town uuid, words text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT ('x' || left(replace(town::text, '-', ''), 16))::bit(64)::bigint # p.pair), '{}')
        FROM (SELECT (ascii(l.letter)::bigint << 21) | ascii(lead(l.letter) OVER (ORDER BY l.place)) AS pair
              FROM string_to_table(words, NULL) WITH ORDINALITY l(letter, place)) p
        WHERE p.pair IS NOT NULL;
    END;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_keeping'),
    ]

    operations = [
        migrations.RunSQL(_LETTERS, "DROP FUNCTION word_grams, record_words"),
        migrations.AddIndex(
            model_name='record',
            index=GinIndex(
                Func(
                    F('municipality_id'), Func(F('text'), F('fact'), F('opinion'), function='record_words'), function='word_grams',
                ),
                fastupdate=False, name='record_grams',
            ),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(fields=['municipality', '-written_at', 'id'], name='record_by_date'),
        ),
    ]
