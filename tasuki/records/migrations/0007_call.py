"""The numbers of telephone calls; the key holds the municipality, so that the table can be spread (docs/decisions/0014)."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_name_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(blank=True, default='', max_length=40)),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
                ('record', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE records_call DROP CONSTRAINT records_call_pkey, ADD PRIMARY KEY (municipality_id, id)",
            migrations.RunSQL.noop,
        ),
    ]
