"""取り出し: files of lists that take long; keys hold the municipality (docs/decisions/0014), the pieces no log and no backup."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0011_word_kana'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ],
        ),
        migrations.CreateModel(
            name='ExportPiece',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('body', models.BinaryField()),
                ('export', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.export')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
            ],
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['WAITING', 'MAKING', 'READY', 'STOPPED', 'OUTDATED', 'FAILED'])), name='export_state'),
        ),
        migrations.AddConstraint(
            model_name='exportpiece',
            constraint=models.UniqueConstraint(fields=('municipality', 'export', 'number'), name='export_piece_once'),
        ),
        migrations.RunSQL(
            "ALTER TABLE records_export DROP CONSTRAINT records_export_pkey, ADD PRIMARY KEY (municipality_id, id);"
            "ALTER TABLE records_exportpiece DROP CONSTRAINT records_exportpiece_pkey, ADD PRIMARY KEY (municipality_id, id);"
            "ALTER TABLE records_exportpiece SET UNLOGGED",
            migrations.RunSQL.noop,
        ),
    ]
