"""当番: whose turn it is to look in. A watch without one begins with the first of its card, so nothing is filled in."""

import django.db.models.deletion
from django.db import migrations, models


def _agency():
    return models.ForeignKey(
        blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+',
        to='records.agency',
    )


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0009_word_search'),
    ]

    operations = [
        migrations.AddField('watch', 'turn', _agency()),
        migrations.AddField('watch', 'taken_from', _agency()),
        migrations.AddField('watch', 'last_by', _agency()),
    ]
