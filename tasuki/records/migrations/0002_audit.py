"""The footprint grows a terminal, a post, what was opened, and its seals."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import uuid
from django.db import migrations, models


# A running number that no role can choose: the seals count by it. It is the database's own, Django never writes it.
NUMBERED = """
    ALTER TABLE records_{table} ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;
    CREATE UNIQUE INDEX records_{table}_seq ON records_{table} (municipality_id, seq)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
        ),
        migrations.AddField(
            model_name='journalline',
            name='post',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='journalline',
            name='terminal',
            field=models.CharField(blank=True, default='', max_length=45),
        ),
        migrations.AddField(
            model_name='readline',
            name='case',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='readline',
            name='post',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='readline',
            name='target',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='readline',
            name='terminal',
            field=models.CharField(blank=True, default='', max_length=45),
        ),
        migrations.AddIndex(
            model_name='readline',
            index=models.Index(fields=['staff', 'at'], name='records_rea_staff_3f54c6_idx'),
        ),
        migrations.AddIndex(
            model_name='readline',
            index=django.contrib.postgres.indexes.GinIndex(fields=['persons'], name='readline_persons'),
        ),
        migrations.AddField(
            model_name='seal',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.UniqueConstraint(fields=('municipality', 'book', 'number'), name='seal_once'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('book__in', ['READ', 'ACT'])), name='seal_book'),
        ),
        *(migrations.RunSQL(NUMBERED.format(table=table)) for table in ("readline", "journalline")),
    ]
