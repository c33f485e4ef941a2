"""定足数: what the 要綱 of a conference says of it. No conference has one until somebody writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0012_export'),
    ]

    operations = [
        migrations.AddField(
            model_name='conference',
            name='quorum',
            field=models.CharField(blank=True, default='', max_length=16),
        ),
        migrations.AddField(
            model_name='conference',
            name='quorum_number',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='conference',
            name='quorum_of',
            field=models.CharField(blank=True, default='', max_length=8),
        ),
        migrations.AddField(
            model_name='conference',
            name='quorum_source',
            field=models.CharField(blank=True, default='', max_length=200),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('quorum__in', ['', 'MORE_THAN_HALF', 'HALF', 'TWO_THIRDS', 'THREE_QUARTERS', 'ALL', 'NUMBER']), ('quorum_of__in', ['', 'MEMBERS', 'INVITED'])), name='conference_quorum'),
        ),
    ]
