"""The tables as they were when the first town came: what the fourteen steps before it had built one upon another."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import tasuki.records.models.case
from tasuki.records.migrations import FORMER

# These stand here and not in sql/functions: what an index is built from must not change under it. A change of any of
# them is a migration that builds the index anew. Names are qualified, because the server also calls them with no
# search path (VACUUM, REINDEX, restore).
NAMES = """
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
# かな is カナ in word_grams: each ひらがな has the number of its カタカナ, 96 further on (what stands between ゖ and ゝ is no
# letter). Not in record_words: to write every text anew in one kana takes many times as long as to look for either in
# it, so 07_words.sql does that.
WORDS = """
    -- Everything that a record says, in letters of one width and size.
    CREATE FUNCTION record_words(text text, fact text, opinion text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(text || E'\\n' || fact || E'\\n' || opinion, NFKC));

    -- The pairs of letters of a text, each a number that its town alone has: what is kept for a pair must be small, since a
    -- town has a hundred million of them. Two pairs with one number cost a look at the text, which is taken anyway.
    CREATE FUNCTION word_grams(town uuid, words text) RETURNS bigint[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    BEGIN ATOMIC
        SELECT coalesce(array_agg(DISTINCT ('x' || left(replace(town::text, '-', ''), 16))::bit(64)::bigint # p.pair), '{}')
        FROM (SELECT (k.code << 21) | lead(k.code) OVER (ORDER BY k.place) AS pair
              FROM (SELECT l.place, (ascii(l.letter) + CASE WHEN l.letter COLLATE "C" >= 'ぁ' AND l.letter COLLATE "C" <= 'ゞ'
                                                            THEN 96 ELSE 0 END)::bigint AS code
                    FROM string_to_table(words, NULL) WITH ORDINALITY l(letter, place) OFFSET 0) k) p  -- OFFSET 0: once for each
        WHERE p.pair IS NOT NULL;
    END;
"""

# A running number that no role can choose: the seals count by it. It is the database's own, Django never writes it.
NUMBERED = """
    ALTER TABLE records_{table} ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
    CREATE UNIQUE INDEX records_{table}_seq ON records_{table} (municipality_id, seq)
"""
# A key that leads with the municipality lets a table be spread (docs/decisions/0014).
SPREAD = "ALTER TABLE records_{table} DROP CONSTRAINT records_{table}_pkey, ADD PRIMARY KEY (municipality_id, id)"


def make_tables(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make all tables in one go. As operations of their own, each would draw up all models anew: three seconds in all."""
    for model in apps.get_app_config("records").get_models():
        editor.create_model(model)


TABLES: list[migrations.CreateModel] = [
    migrations.CreateModel(
        name='Account',
        fields=[
            ('password', models.CharField(max_length=128, verbose_name='password')),
            ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('login', models.CharField(max_length=80, unique=True)),
            ('name', models.CharField(blank=True, default='', max_length=80)),
            ('is_active', models.BooleanField(default=True)),
            ('failures', models.IntegerField(default=0)),
            ('locked_until', models.DateTimeField(blank=True, null=True)),
            ('last_failed_at', models.DateTimeField(blank=True, null=True)),
            ('asked_at', models.DateTimeField(blank=True, null=True)),
            ('first_until', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Acknowledgment',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('fiscal_year', models.IntegerField()),
            ('at', models.DateTimeField()),
            ('wording', models.TextField(blank=True, default='')),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'staff', 'agency', 'fiscal_year'), name='acknowledged_once_a_year')],
        },
    ),
    migrations.CreateModel(
        name='Agency',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=120)),
            ('kind', models.CharField(blank=True, default='', max_length=40)),
            ('field', models.CharField(blank=True, default='', max_length=10)),
            ('mode', models.CharField(blank=True, default='', max_length=10)),
            ('contractor', models.CharField(blank=True, default='', max_length=120)),
            ('department', models.CharField(blank=True, default='', max_length=40)),
            ('functions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list)),
            ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list)),
            ('is_hub', models.BooleanField(default=False)),
            ('is_welfare', models.BooleanField(default=True)),
            ('valid_from', models.DateField(blank=True, null=True)),
            ('valid_until', models.DateField(blank=True, null=True)),
            ('contract_until', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='agency_once')],
        },
    ),
    migrations.CreateModel(
        name='AgendaItem',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('sitting', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sitting')),
            ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('kind', models.CharField(blank=True, default='', max_length=20)),
            ('basis', models.CharField(blank=True, default='', max_length=14)),
            ('reason', models.TextField(blank=True, default='')),
            ('plan', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.plan')),
            ('position', models.IntegerField(default=1)),
            ('minutes_planned', models.IntegerField(default=15)),
            ('discussion', models.TextField(blank=True, default='')),
            ('archived_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Area',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=60)),
            ('level', models.CharField(blank=True, default='', max_length=40)),
            ('parent', models.CharField(blank=True, default='', max_length=40)),
            ('position', models.IntegerField(default=0)),
            ('ended_on', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='area_once')],
        },
    ),
    migrations.CreateModel(
        name='Bar',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('since', models.DateTimeField()),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('end_reason', models.TextField(blank=True, default='')),
            ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
        ],
    ),
    migrations.CreateModel(
        name='Call',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('number', models.CharField(blank=True, default='', max_length=40)),
        ],
    ),
    migrations.CreateModel(
        name='Case',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.household')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('state', models.CharField(blank=True, default='', max_length=20)),
            ('before_suspension', models.CharField(blank=True, default='', max_length=20)),
            ('screened_as', models.CharField(blank=True, default='', max_length=12)),
            ('hub', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('hub_since', models.DateTimeField(blank=True, null=True)),
            ('use_decided_at', models.DateTimeField(blank=True, null=True)),
            ('opened_at', models.DateTimeField()),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('end_reason', models.CharField(blank=True, default='', max_length=40)),
            ('next_check_on', models.DateField(blank=True, null=True)),
            ('reopened_at', models.DateTimeField(blank=True, null=True)),
            ('version', models.IntegerField(default=1)),
        ],
        options={
            'indexes': [models.Index(condition=models.Q(('state__in', ['ARCHIVED', 'DISPOSED'])), fields=['municipality'], name='case_put_away')],
        },
    ),
    migrations.CreateModel(
        name='CasePerson',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('joined_at', models.DateTimeField()),
            ('left_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('case', 'person'), name='case_person_once')],
        },
    ),
    migrations.CreateModel(
        name='CaseWorker',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('since', models.DateTimeField()),
            ('until', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Conference',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=80)),
            ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
            ('bases', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list)),
            ('secretariat', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ('members', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ('chair', models.CharField(blank=True, default='', max_length=60)),
            ('frequency', models.CharField(blank=True, default='', max_length=60)),
            ('content', models.TextField(blank=True, default='')),
            ('quorum', models.CharField(blank=True, default='', max_length=16)),
            ('quorum_number', models.IntegerField(default=0)),
            ('quorum_of', models.CharField(blank=True, default='', max_length=8)),
            ('quorum_source', models.CharField(blank=True, default='', max_length=200)),
            ('ended_on', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='conference_once'), models.CheckConstraint(condition=models.Q(('quorum__in', ['', 'MORE_THAN_HALF', 'HALF', 'TWO_THIRDS', 'THREE_QUARTERS', 'ALL', 'NUMBER']), ('quorum_of__in', ['', 'MEMBERS', 'INVITED'])), name='conference_quorum')],
        },
    ),
    migrations.CreateModel(
        name='Consent',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('form', models.CharField(blank=True, default='', max_length=10)),
            ('proxy', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('given_at', models.DateTimeField()),
            ('until', models.DateField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='ConsentExclusion',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('consent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.consent')),
            ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
        ],
    ),
    migrations.CreateModel(
        name='ConsentReach',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('consent', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.consent')),
            ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('data_class', models.CharField(blank=True, default='', max_length=20)),
            ('since', models.DateTimeField()),
            ('until', models.DateField(blank=True, null=True)),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'indexes': [models.Index(fields=['person', 'agency', 'data_class'], name='records_con_person__6a8e3d_idx')],
        },
    ),
    migrations.CreateModel(
        name='ConsentRefusal',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('kind', models.CharField(blank=True, default='', max_length=10)),
            ('at', models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name='Consultation',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('number', models.CharField(blank=True, default='', max_length=20)),
            ('route', models.CharField(blank=True, default='', max_length=40)),
            ('referrer', models.CharField(blank=True, default='', max_length=40)),
            ('topics', models.JSONField(default=list)),
            ('pressing', models.CharField(blank=True, default='', max_length=40)),
            ('urgency', models.CharField(blank=True, default='', max_length=10)),
            ('visited_before', models.IntegerField(null=True)),
            ('visitor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('again', models.BooleanField(default=False)),
        ],
    ),
    migrations.CreateModel(
        name='Contact',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('address', models.TextField(blank=True, default='')),
            ('phone', models.CharField(blank=True, default='', max_length=40)),
            ('email', models.CharField(blank=True, default='', max_length=120)),
            ('note', models.TextField(blank=True, default='')),
        ],
    ),
    migrations.CreateModel(
        name='Decision',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('text', models.TextField(blank=True, default='')),
            ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('due_on', models.DateField(blank=True, null=True)),
            ('task', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.task')),
        ],
    ),
    migrations.CreateModel(
        name='Department',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=60)),
            ('parent', models.CharField(blank=True, default='', max_length=40)),
            ('kind', models.CharField(blank=True, default='', max_length=20)),
            ('ended_on', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='department_once')],
        },
    ),
    migrations.CreateModel(
        name='DoorLine',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('at', models.DateTimeField()),
            ('account', models.UUIDField(null=True)),
            ('what', models.CharField(blank=True, default='', max_length=20)),
            ('source', models.CharField(blank=True, default='', max_length=60)),
        ],
        options={
            'indexes': [models.Index(fields=['account', '-at'], name='records_doo_account_f2610f_idx')],
        },
    ),
    migrations.CreateModel(
        name='Draft',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('place', models.CharField(blank=True, default='', max_length=200)),
            ('body', models.JSONField(default=dict)),
            ('title', models.CharField(blank=True, default='', max_length=120)),
            ('saved_at', models.DateTimeField()),
            ('closed_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Emergency',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('reason', models.TextField(blank=True, default='')),
            ('opened_at', models.DateTimeField()),
            ('until', models.DateTimeField()),
            ('reviewed_at', models.DateTimeField(blank=True, null=True)),
            ('reviewed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('verdict', models.CharField(blank=True, default='', max_length=40)),
        ],
    ),
    migrations.CreateModel(
        name='Export',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('session', models.CharField(blank=True, default='', max_length=64)),
            ('title', models.CharField(blank=True, default='', max_length=60)),
            ('what', models.CharField(blank=True, default='', max_length=60)),
            ('asked', models.BinaryField()),
            ('state', models.CharField(blank=True, default='', max_length=10)),
            ('rows', models.IntegerField(default=0)),
            ('total', models.IntegerField(null=True)),
            ('size', models.BigIntegerField(default=0)),
            ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
            ('asked_at', models.DateTimeField()),
            ('heard_at', models.DateTimeField()),
            ('read_at', models.DateTimeField(blank=True, null=True)),
            ('ready_at', models.DateTimeField(blank=True, null=True)),
            ('taken_at', models.DateTimeField(blank=True, null=True)),
            ('until', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'MAKING', 'READY', 'STOPPED', 'OUTDATED', 'FAILED'])), name='export_state')],
        },
    ),
    migrations.CreateModel(
        name='ExportPiece',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('export', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.export')),
            ('number', models.IntegerField()),
            ('body', models.BinaryField()),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'export', 'number'), name='export_piece_once')],
        },
    ),
    migrations.CreateModel(
        name='Factor',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('account', models.UUIDField(db_index=True)),
            ('kind', models.CharField(blank=True, default='', max_length=10)),
            ('name', models.CharField(blank=True, default='', max_length=60)),
            ('sealed', models.BinaryField()),
            ('credential', models.BinaryField(null=True)),
            ('used_step', models.BigIntegerField(default=0)),
            ('made_at', models.DateTimeField()),
            ('used_at', models.DateTimeField(blank=True, null=True)),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['TOTP', 'RECOVERY', 'PASSKEY'])), name='factor_is_of_a_known_kind'), models.UniqueConstraint(condition=models.Q(('credential__isnull', False), ('ended_at', None)), fields=('credential',), name='passkey_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('kind', 'TOTP')), fields=('account',), name='one_totp_of_an_account')],
        },
    ),
    migrations.CreateModel(
        name='FactorReset',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('what', models.CharField(blank=True, default='FACTORS', max_length=10)),
            ('reason', models.CharField(blank=True, default='', max_length=200)),
            ('asked_at', models.DateTimeField()),
            ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agreed_at', models.DateTimeField(blank=True, null=True)),
            ('agreed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('dropped_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Gap',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('need', models.TextField(blank=True, default='')),
            ('area', models.CharField(blank=True, default='', max_length=60)),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('registered_at', models.DateTimeField()),
            ('project_at', models.DateTimeField(blank=True, null=True)),
            ('launched_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Goal',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.plan')),
            ('number', models.IntegerField()),
            ('text', models.TextField(blank=True, default='')),
            ('attained', models.CharField(blank=True, default='', max_length=10)),
        ],
    ),
    migrations.CreateModel(
        name='Holding',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('since', models.DateTimeField()),
            ('until', models.DateTimeField(blank=True, null=True)),
            ('reason', models.CharField(blank=True, default='', max_length=30)),
        ],
        options={
            'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('case',), name='one_holder_now'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('case', '='), (tasuki.records.models.case._Span('since', 'until'), '&&')], name='one_holder_at_every_instant')],
        },
    ),
    migrations.CreateModel(
        name='Household',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('number', models.CharField(blank=True, default='', max_length=20)),
            ('opened_at', models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name='HouseholdMove',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.household')),
            ('reason', models.TextField(blank=True, default='')),
            ('moved_at', models.DateTimeField()),
            ('moved_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
        ],
    ),
    migrations.CreateModel(
        name='Issue',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('code', models.CharField(blank=True, default='', max_length=40)),
            ('status', models.CharField(blank=True, default='', max_length=10)),
            ('severity', models.IntegerField(null=True)),
        ],
    ),
    migrations.CreateModel(
        name='ItemMaterial',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
        ],
    ),
    migrations.CreateModel(
        name='ItemPerson',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('item', 'person'), name='item_person_once')],
        },
    ),
    migrations.CreateModel(
        name='JournalLine',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('at', models.DateTimeField()),
            ('staff', models.UUIDField()),
            ('agency', models.UUIDField()),
            ('post', models.UUIDField(null=True)),
            ('terminal', models.CharField(blank=True, default='', max_length=45)),
            ('act', models.CharField(blank=True, default='', max_length=40)),
            ('target', models.UUIDField(null=True)),
            ('case', models.UUIDField(null=True)),
            ('facts', models.JSONField(default=dict)),
        ],
        options={
            'indexes': [models.Index(fields=['municipality', 'at'], name='records_jou_municip_81dffa_idx'), models.Index(fields=['case', 'at'], name='records_jou_case_8e6248_idx')],
        },
    ),
    migrations.CreateModel(
        name='Keeping',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('number', models.CharField(blank=True, default='', max_length=20)),
            ('class_key', models.CharField(blank=True, default='', max_length=40)),
            ('class_name', models.CharField(blank=True, default='', max_length=120)),
            ('years', models.IntegerField()),
            ('source', models.TextField(blank=True, default='')),
            ('ended_on', models.DateField()),
            ('keep_until', models.DateField()),
            ('set_at', models.DateTimeField()),
            ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('archived_at', models.DateTimeField(blank=True, null=True)),
            ('archived_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('proposed_at', models.DateTimeField(blank=True, null=True)),
            ('proposed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('approval', models.CharField(blank=True, default='', max_length=60)),
            ('approved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('disposed_at', models.DateTimeField(blank=True, null=True)),
            ('rows', models.IntegerField(default=0)),
            ('persons', models.IntegerField(default=0)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'case'), name='keeping_once'), models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='disposal_by_two_people'), models.CheckConstraint(condition=models.Q(('disposed_at', None), models.Q(('approved_by__isnull', False), ('archived_at__isnull', False), ('proposed_by__isnull', False), models.Q(('approval', ''), _negated=True)), _connector='OR'), name='disposal_is_whole')],
        },
    ),
    migrations.CreateModel(
        name='Knock',
        fields=[
            ('source', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ('failures', models.IntegerField(default=0)),
            ('last_at', models.DateTimeField()),
            ('closed_until', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Match',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('resource', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.resource')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('state', models.CharField(blank=True, default='', max_length=12)),
            ('proposed_at', models.DateTimeField()),
            ('started_at', models.DateTimeField(blank=True, null=True)),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='MaterialRequest',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('asking', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('scope', models.TextField(blank=True, default='')),
            ('reason', models.TextField(blank=True, default='')),
            ('asked_at', models.DateTimeField()),
            ('asked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('due_on', models.DateField(blank=True, null=True)),
            ('state', models.CharField(blank=True, default='', max_length=10)),
            ('answered_at', models.DateTimeField(blank=True, null=True)),
            ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('answer', models.TextField(blank=True, default='')),
        ],
        options={
            'indexes': [models.Index(fields=['agency', 'state'], name='records_mat_agency__85da3f_idx')],
        },
    ),
    migrations.CreateModel(
        name='Municipality',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('key', models.CharField(max_length=60, unique=True)),
            ('name', models.CharField(blank=True, default='', max_length=60)),
            ('prefecture', models.CharField(blank=True, default='', max_length=20)),
            ('kind', models.CharField(blank=True, default='', max_length=20)),
            ('profile', models.CharField(blank=True, default='', max_length=60)),
        ],
    ),
    migrations.CreateModel(
        name='Opinion',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('agrees', models.BooleanField(null=True)),
            ('text', models.TextField(blank=True, default='')),
        ],
    ),
    migrations.CreateModel(
        name='Pack',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('requester', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('made_at', models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name='PackRecord',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('pack', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.pack')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
        ],
    ),
    migrations.CreateModel(
        name='Person',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.household')),
            ('identity', models.UUIDField(db_index=True, default=uuid.uuid4)),
            ('name', models.CharField(blank=True, default='', max_length=120)),
            ('kana', models.CharField(blank=True, default='', max_length=120)),
            ('alias', models.CharField(blank=True, default='', max_length=120)),
            ('born', models.CharField(blank=True, default='', max_length=10)),
            ('sex', models.CharField(blank=True, default='', max_length=10)),
            ('language', models.CharField(blank=True, default='', max_length=20)),
            ('relation', models.CharField(blank=True, default='', max_length=20)),
            ('lives_with', models.BooleanField(default=True)),
            ('labels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list)),
            ('key_person', models.BooleanField(default=False)),
            ('area', models.CharField(blank=True, default='', max_length=60)),
            ('died_on', models.CharField(blank=True, default='', max_length=10)),
            ('registered_at', models.DateTimeField()),
            ('version', models.IntegerField(default=1)),
        ],
    ),
    migrations.CreateModel(
        name='PersonLink',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('first', models.UUIDField()),
            ('second', models.UUIDField()),
            ('linked_at', models.DateTimeField()),
            ('linked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('checked_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Plan',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('kind', models.CharField(blank=True, default='', max_length=14)),
            ('version', models.IntegerField(default=1)),
            ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.plan')),
            ('state', models.CharField(blank=True, default='', max_length=12)),
            ('direction', models.TextField(blank=True, default='')),
            ('applied_on', models.DateField(blank=True, null=True)),
            ('participation', models.CharField(blank=True, default='', max_length=4)),
            ('outreach', models.CharField(blank=True, default='', max_length=4)),
            ('ends_on', models.DateField(blank=True, null=True)),
            ('judged_at', models.DateTimeField(blank=True, null=True)),
            ('judged_result', models.CharField(blank=True, default='', max_length=24)),
            ('judged_item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('decided_at', models.DateTimeField(blank=True, null=True)),
            ('decided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('lead', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('evaluated_at', models.DateTimeField(blank=True, null=True)),
            ('verdict', models.CharField(blank=True, default='', max_length=12)),
            ('monitor_by', models.DateField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='PlanRole',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('plan', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.plan')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('what', models.TextField(blank=True, default='')),
            ('due_on', models.DateField(blank=True, null=True)),
            ('state', models.CharField(blank=True, default='NOT_STARTED', max_length=14)),
            ('since', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Pledge',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('since', models.DateTimeField()),
            ('until', models.DateField()),
        ],
    ),
    migrations.CreateModel(
        name='Post',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list)),
            ('sets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list)),
            ('area', models.CharField(blank=True, default='', max_length=60)),
            ('since', models.DateTimeField()),
            ('until', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='Programme',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.CharField(blank=True, default='', max_length=8)),
            ('name', models.CharField(blank=True, default='', max_length=120)),
            ('field', models.CharField(blank=True, default='', max_length=10)),
            ('status', models.CharField(blank=True, default='', max_length=10)),
            ('area', models.CharField(blank=True, default='', max_length=60)),
            ('since', models.DateField(blank=True, null=True)),
        ],
        options={
            'indexes': [models.Index(fields=['municipality', 'item', 'area'], name='records_pro_municip_71ab50_idx')],
        },
    ),
    migrations.CreateModel(
        name='Protection',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('tell_nothing', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ('alleged', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ('since', models.DateTimeField()),
            ('review_on', models.DateField(null=True)),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('end_reason', models.TextField(blank=True, default='')),
            ('checked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
        ],
    ),
    migrations.CreateModel(
        name='ReadLine',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('at', models.DateTimeField()),
            ('staff', models.UUIDField()),
            ('agency', models.UUIDField()),
            ('post', models.UUIDField(null=True)),
            ('terminal', models.CharField(blank=True, default='', max_length=45)),
            ('door', models.CharField(blank=True, default='', max_length=20)),
            ('what', models.CharField(blank=True, default='', max_length=60)),
            ('target', models.UUIDField(null=True)),
            ('case', models.UUIDField(null=True)),
            ('persons', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
            ('ground', models.CharField(blank=True, default='', max_length=14)),
        ],
        options={
            'indexes': [models.Index(fields=['municipality', 'at'], name='records_rea_municip_c15fe4_idx'), models.Index(fields=['staff', 'at'], name='records_rea_staff_3f54c6_idx'), django.contrib.postgres.indexes.GinIndex(fields=['persons'], name='readline_persons')],
        },
    ),
    migrations.CreateModel(
        name='Record',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('kind', models.CharField(blank=True, default='', max_length=30)),
            ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('case', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('written_at', models.DateTimeField()),
            ('data_class', models.CharField(blank=True, default='BASIC', max_length=20)),
            ('scope', models.CharField(blank=True, default='CASE_TEAM', max_length=12)),
            ('informant_confidential', models.BooleanField(default=False)),
            ('text', models.TextField(blank=True, default='')),
            ('fact', models.TextField(blank=True, default='')),
            ('opinion', models.TextField(blank=True, default='')),
            ('method', models.CharField(blank=True, default='', max_length=30)),
            ('note_kind', models.CharField(blank=True, default='', max_length=12)),
            ('minutes', models.IntegerField(null=True)),
            ('addressee', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('sitting', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sitting')),
            ('amends', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('details', models.JSONField(default=dict)),
            ('locked_at', models.DateTimeField(blank=True, null=True)),
            ('archived_at', models.DateTimeField(blank=True, null=True)),
        ],
        options={
            'indexes': [models.Index(fields=['case', '-written_at'], name='records_rec_case_id_9a117f_idx'), models.Index(fields=['agency', 'kind', '-written_at'], name='records_rec_agency__37d65a_idx'), models.Index(condition=models.Q(('archived_at__isnull', False)), fields=['municipality', 'kind'], name='record_put_away'), models.Index(fields=['municipality', '-written_at', 'id'], name='record_by_date'), django.contrib.postgres.indexes.GinIndex(models.Func(models.F('municipality_id'), models.Func(models.F('text'), models.F('fact'), models.F('opinion'), function='record_words'), function='word_grams'), fastupdate=False, name='record_grams')],
        },
    ),
    migrations.CreateModel(
        name='Referral',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('kind', models.CharField(blank=True, default='', max_length=12)),
            ('sender', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('receiver', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('basis', models.CharField(blank=True, default='', max_length=12)),
            ('no_consent_reason', models.TextField(blank=True, default='')),
            ('sheet', models.TextField(blank=True, default='')),
            ('wants', models.CharField(blank=True, default='', max_length=40)),
            ('tried', models.TextField(blank=True, default='')),
            ('warm', models.CharField(blank=True, default='', max_length=12)),
            ('state', models.CharField(blank=True, default='', max_length=12)),
            ('sent_at', models.DateTimeField()),
            ('answer_by', models.DateTimeField(blank=True, null=True)),
            ('answered_at', models.DateTimeField(blank=True, null=True)),
            ('answered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('advice', models.TextField(blank=True, default='')),
            ('lead', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('follow_up_on', models.DateField(blank=True, null=True)),
            ('closed_at', models.DateTimeField(blank=True, null=True)),
            ('version', models.IntegerField(default=1)),
        ],
        options={
            'indexes': [models.Index(fields=['receiver', 'state'], name='records_ref_receive_ce053c_idx')],
            'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'OFFERED')), fields=('case',), name='one_open_referral')],
        },
    ),
    migrations.CreateModel(
        name='Resource',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=120)),
            ('kind', models.CharField(blank=True, default='', max_length=40)),
            ('area', models.CharField(blank=True, default='', max_length=60)),
            ('slots', models.IntegerField(null=True)),
            ('conditions', models.TextField(blank=True, default='')),
            ('is_host', models.BooleanField(default=False)),
            ('gap', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.gap')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('registered_at', models.DateTimeField()),
            ('assured_at', models.DateTimeField(blank=True, null=True)),
        ],
    ),
    migrations.CreateModel(
        name='RoleName',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=40)),
            ('name', models.CharField(blank=True, default='', max_length=80)),
            ('sets', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), default=list)),
            ('ended_on', models.DateField(blank=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='role_name_once')],
        },
    ),
    migrations.CreateModel(
        name='Seal',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('book', models.CharField(blank=True, default='', max_length=4)),
            ('number', models.PositiveBigIntegerField()),
            ('since', models.BigIntegerField()),
            ('until', models.BigIntegerField()),
            ('lines', models.PositiveIntegerField()),
            ('places', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
            ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
            ('digests', models.BinaryField()),
            ('previous', models.CharField(blank=True, default='', max_length=64)),
            ('digest', models.CharField(blank=True, default='', max_length=64)),
            ('sealed_at', models.DateTimeField()),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'book', 'number'), name='seal_once'), models.CheckConstraint(condition=models.Q(('book__in', ['READ', 'ACT'])), name='seal_book')],
        },
    ),
    migrations.CreateModel(
        name='SearchKey',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('key', models.CharField(db_collation='C', max_length=160)),
            ('kind', models.CharField(blank=True, default='', max_length=8)),
        ],
        options={
            'indexes': [models.Index(fields=['municipality', 'key'], name='records_sea_municip_fac316_idx'), django.contrib.postgres.indexes.GinIndex(models.Func(models.F('municipality_id'), models.F('key'), function='name_grams'), fastupdate=False, name='searchkey_grams')],
        },
    ),
    migrations.CreateModel(
        name='Seat',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('item', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('is_deputy', models.BooleanField(default=False)),
            ('present', models.BooleanField(null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('item', 'staff'), name='seat_once')],
        },
    ),
    migrations.CreateModel(
        name='SentForm',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.UUIDField()),
            ('staff', models.UUIDField()),
            ('answer', models.CharField(blank=True, default='', max_length=300)),
            ('at', models.DateTimeField()),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'staff', 'key'), name='form_sent_once')],
        },
    ),
    migrations.CreateModel(
        name='Setting',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('section', models.CharField(blank=True, default='', max_length=40)),
            ('body', models.JSONField(default=dict)),
            ('since', models.DateTimeField()),
            ('changed_by', models.CharField(blank=True, default='', max_length=60)),
            ('reason', models.CharField(blank=True, default='', max_length=200)),
        ],
        options={
            'indexes': [models.Index(fields=['municipality', 'section', '-since'], name='records_set_municip_41df89_idx')],
        },
    ),
    migrations.CreateModel(
        name='SignIn',
        fields=[
            ('key_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
            ('account', models.UUIDField(db_index=True)),
            ('staff', models.UUIDField(null=True)),
            ('post', models.UUIDField(null=True)),
            ('opened_at', models.DateTimeField()),
            ('seen_at', models.DateTimeField()),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('expires_at', models.DateTimeField(blank=True, null=True)),
            ('idle_seconds', models.IntegerField(default=3600)),
            ('proved_at', models.DateTimeField(blank=True, null=True)),
            ('place', models.CharField(blank=True, default='', max_length=120)),
            ('shared', models.BooleanField(default=False)),
            ('how', models.CharField(blank=True, default='', max_length=20)),
        ],
    ),
    migrations.CreateModel(
        name='Sitting',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('conference', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.conference')),
            ('secretariat', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
            ('called_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('at', models.DateTimeField()),
            ('state', models.CharField(blank=True, default='', max_length=12)),
            ('held_at', models.DateTimeField(blank=True, null=True)),
            ('agenda', models.JSONField(default=list)),
            ('minutes', models.TextField(blank=True, default='')),
            ('place', models.CharField(blank=True, default='', max_length=80)),
            ('present', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list)),
            ('version', models.IntegerField(default=1)),
        ],
    ),
    migrations.CreateModel(
        name='Staff',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('key', models.CharField(blank=True, default='', max_length=60)),
            ('name', models.CharField(blank=True, default='', max_length=80)),
            ('account', models.UUIDField(db_index=True, null=True)),
        ],
        options={
            'constraints': [models.UniqueConstraint(fields=('municipality', 'key'), name='staff_once')],
        },
    ),
    migrations.CreateModel(
        name='StaffMove',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.post')),
            ('next_post', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.post')),
            ('successor', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('at', models.DateTimeField()),
            ('planned_at', models.DateTimeField()),
            ('planned_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('done_at', models.DateTimeField(blank=True, null=True)),
            ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ('moved', models.IntegerField(default=0)),
        ],
        options={
            'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['municipality', 'at'], name='moves_due')],
            'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('municipality', 'post'), name='one_move_of_a_post')],
        },
    ),
    migrations.CreateModel(
        name='Stay',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('kind', models.CharField(blank=True, default='', max_length=20)),
            ('reason', models.TextField(blank=True, default='')),
            ('since', models.DateField()),
            ('set_at', models.DateTimeField()),
            ('set_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('lifted_at', models.DateTimeField(blank=True, null=True)),
            ('lifted_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('lift_reason', models.TextField(blank=True, default='')),
        ],
    ),
    migrations.CreateModel(
        name='Strand',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('kind', models.CharField(blank=True, default='', max_length=14)),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('basis', models.CharField(blank=True, default='', max_length=14)),
            ('item', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agendaitem')),
            ('stage', models.CharField(blank=True, default='', max_length=20)),
            ('opened_at', models.DateTimeField()),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('end_reason', models.TextField(blank=True, default='')),
        ],
    ),
    migrations.CreateModel(
        name='Subject',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('person', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('kind', models.CharField(blank=True, default='', max_length=30)),
        ],
        options={
            'indexes': [models.Index(fields=['person', 'agency', 'kind'], name='records_sub_person__016034_idx')],
            'constraints': [models.UniqueConstraint(fields=('record', 'person'), name='subject_once')],
        },
    ),
    migrations.CreateModel(
        name='Task',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('record', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('text', models.TextField(blank=True, default='')),
            ('kind', models.CharField(blank=True, default='', max_length=20)),
            ('due_on', models.DateField(blank=True, null=True)),
            ('done_at', models.DateTimeField(blank=True, null=True)),
            ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ('opened_at', models.DateTimeField()),
        ],
    ),
    migrations.CreateModel(
        name='Watch',
        fields=[
            ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case')),
            ('watchers', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list)),
            ('first_responder', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('every_days', models.IntegerField()),
            ('triggers', models.JSONField(default=list)),
            ('turn', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('taken_from', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('last_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ('started_at', models.DateTimeField()),
            ('last_contact_at', models.DateTimeField(blank=True, null=True)),
            ('ended_at', models.DateTimeField(blank=True, null=True)),
            ('end_reason', models.TextField(blank=True, default='')),
        ],
    ),
]


class Migration(migrations.Migration):
    """The house, new; for a database that came to it step by step, only its name."""

    initial = True
    replaces = [("records", name) for name in FORMER]
    operations = [
        BtreeGistExtension(),
        *(migrations.RunSQL(functions) for functions in (NAMES, WORDS)),
        migrations.SeparateDatabaseAndState(state_operations=TABLES),
        migrations.RunPython(make_tables),
        *(migrations.RunSQL(NUMBERED.format(table=table)) for table in ("readline", "journalline")),
        *(
            migrations.RunSQL(SPREAD.format(table=table))
            for table in ("call", "keeping", "stay", "export", "exportpiece", "acknowledgment")
        ),
        migrations.RunSQL("ALTER TABLE records_exportpiece SET UNLOGGED"),  # in no log and no backup
    ]
