import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

STAGES = [('before', 'Before the seminar'), ('after', 'After the seminar'), ('reaction', 'What you think of the seminar'), ('follow_up', 'After three months')]


class Migration(migrations.Migration):

    dependencies = [
        ('trainings', '0001_initial'),
    ]

    operations = [
        # Made anew: a number cannot become a random one, and no answers are kept anywhere yet.
        migrations.DeleteModel(
            name='Response',
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('stage', models.CharField(choices=STAGES, max_length=9, verbose_name='when')),
                ('key', models.CharField(max_length=64)),
                ('answers', models.JSONField(default=dict, verbose_name='answers')),
                ('score', models.PositiveSmallIntegerField(null=True, verbose_name='right answers in per cent')),
                ('complete', models.BooleanField(default=False, verbose_name='handed in')),
                ('counted', models.BooleanField(default=False, verbose_name='shown in results')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trainings.questionnaire')),
                ('seminar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='responses', to='trainings.seminar')),
            ],
            options={
                'verbose_name': 'answers',
                'verbose_name_plural': 'answers',
                'ordering': ['key'],
                'constraints': [
                    models.UniqueConstraint(fields=('seminar', 'stage', 'key'), name='trainings_response_once'),
                    models.CheckConstraint(condition=models.Q(('score', None), ('score__lte', 100), _connector='OR'), name='trainings_response_score'),
                    models.CheckConstraint(condition=models.Q(('counted', False), ('complete', True), _connector='OR'), name='trainings_response_counted'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=STAGES, max_length=9, verbose_name='when')),
                ('on', models.DateField(default=django.utils.timezone.localdate, verbose_name='day')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='trainings.registration')),
            ],
            options={
                'verbose_name': 'asked for answers',
                'verbose_name_plural': 'asked for answers',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('registration', 'stage', 'on'), name='trainings_asked_a_day')],
            },
        ),
    ]
