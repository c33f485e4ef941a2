"""守秘の確認: one row a worker of a contractor, agency and 年度; its keys hold the municipality (docs/decisions/0014)."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0013_quorum'),
    ]

    operations = [
        migrations.CreateModel(
            name='Acknowledgment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('fiscal_year', models.IntegerField()),
                ('at', models.DateTimeField()),
                ('wording', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.municipality')),
                ('staff', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.staff')),
            ],
        ),
        migrations.AddConstraint(
            model_name='acknowledgment',
            constraint=models.UniqueConstraint(fields=('municipality', 'staff', 'agency', 'fiscal_year'), name='acknowledged_once_a_year'),
        ),
        migrations.RunSQL(
            "ALTER TABLE records_acknowledgment DROP CONSTRAINT records_acknowledgment_pkey, ADD PRIMARY KEY (municipality_id, id)",
            migrations.RunSQL.noop,
        ),
    ]
