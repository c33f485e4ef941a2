"""保存と廃棄: what is kept of an ended case, and what holds it; keys hold the municipality (docs/decisions/0014)."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_call'),
    ]

    operations = [
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(blank=True, default='', max_length=20)),
                ('reason', models.TextField(blank=True, default='')),
                ('since', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('lift_reason', models.TextField(blank=True, default='')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, default='', max_length=20)),
                ('class_key', models.CharField(blank=True, default='', max_length=40)),
                ('class_name', models.CharField(blank=True, default='', max_length=120)),
                ('years', models.IntegerField()),
                ('source', models.TextField(blank=True, default='')),
                ('ended_on', models.DateField()),
                ('keep_until', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('approval', models.CharField(blank=True, default='', max_length=60)),
                ('disposed_at', models.DateTimeField(blank=True, null=True)),
                ('rows', models.IntegerField(default=0)),
                ('persons', models.IntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='record',
            name='archived_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['ARCHIVED', 'DISPOSED'])), fields=['municipality'], name='case_put_away'),
        ),
        migrations.AddIndex(
            model_name='record',
            index=models.Index(condition=models.Q(('archived_at__isnull', False)), fields=['municipality', 'kind'], name='record_put_away'),
        ),
        migrations.AddField(
            model_name='stay',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case'),
        ),
        migrations.AddField(
            model_name='stay',
            name='lifted_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddField(
            model_name='stay',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality'),
        ),
        migrations.AddField(
            model_name='stay',
            name='set_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='approved_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='archived_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='case',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.case'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='municipality',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='proposed_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddField(
            model_name='keeping',
            name='set_by',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.UniqueConstraint(fields=('municipality', 'case'), name='keeping_once'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='disposal_by_two_people'),
        ),
        migrations.AddConstraint(
            model_name='keeping',
            constraint=models.CheckConstraint(condition=models.Q(('disposed_at', None), models.Q(('approved_by__isnull', False), ('archived_at__isnull', False), ('proposed_by__isnull', False), models.Q(('approval', ''), _negated=True)), _connector='OR'), name='disposal_is_whole'),
        ),
        migrations.RunSQL(
            "ALTER TABLE records_keeping DROP CONSTRAINT records_keeping_pkey, ADD PRIMARY KEY (municipality_id, id);"
            "ALTER TABLE records_stay DROP CONSTRAINT records_stay_pkey, ADD PRIMARY KEY (municipality_id, id)",
            migrations.RunSQL.noop,
        ),
    ]
