import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0020_placements'),
        ('vault', '0006_stamps_of_recoveries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='timelineentry',
            name='kind',
            field=models.CharField(choices=[('note', 'Note'), ('call', 'Telephone call'), ('visit', 'Visit'), ('meeting', 'Meeting'), ('opened', 'Case opened'), ('words_added', 'Words added from a new call or report'), ('facts', 'Facts changed'), ('child', "Child's record changed"), ('risk', 'Risk'), ('assigned', 'Worker'), ('left', 'Without worker'), ('guardian', 'Guardian'), ('relative', 'Relative'), ('status', 'Status'), ('phase', 'Phase'), ('asked', 'Decision requested'), ('returned', 'Given back'), ('stage', 'Stage'), ('restricted', 'Restricted to named people'), ('hold', 'Legal hold'), ('hold_lifted', 'Legal hold lifted'), ('task', 'Task'), ('assessment', 'Assessment'), ('notified', 'Authority notified'), ('screening', 'Screening finished'), ('plan', 'Plan'), ('goal', 'Goal'), ('service', 'Service'), ('review', 'Review'), ('follow_up', 'Follow-up'), ('placement', 'Place to live'), ('check_in', 'Check-in'), ('missing', 'Missing'), ('extract', 'Extract printed'), ('notice', 'Notice of privacy given'), ('searched', 'Somebody at your desk searched for this child')], max_length=11),
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('number', models.PositiveIntegerField()),
                ('receiver', models.CharField(choices=[('child', 'The child'), ('guardian', 'Guardian'), ('school', 'School'), ('doctor', 'Doctor or hospital'), ('authority', 'Authority'), ('court', 'Court or lawyer')], max_length=9)),
                ('language', models.CharField(choices=[('en', 'English'), ('el', 'Ελληνικά'), ('bg', 'Български'), ('ro', 'Română'), ('sl', 'Slovenščina'), ('sr', 'Српски'), ('hu', 'Magyar'), ('uk', 'Українська')], max_length=7)),
                ('parts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='extracts', to='desks.case')),
                ('envelope', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.envelope')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='desks_extract_once')],
            },
        ),
        migrations.CreateModel(
            name='NoticeGiven',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stamp', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('audience', models.CharField(choices=[('child', 'Child'), ('adult', 'Parent, guardian or adult who gets help'), ('third', 'Somebody else who is named in the record')], max_length=5)),
                ('language', models.CharField(choices=[('en', 'English'), ('el', 'Ελληνικά'), ('bg', 'Български'), ('ro', 'Română'), ('sl', 'Slovenščina'), ('sr', 'Српски'), ('hu', 'Magyar'), ('uk', 'Українська')], max_length=7)),
                ('how', models.CharField(choices=[('printed', 'On paper'), ('read_out', 'Read out'), ('both', 'Read out and on paper')], max_length=8)),
                ('given_on', models.DateField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices_given', to='desks.case')),
                ('envelope', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.envelope')),
            ],
            options={
                'ordering': ['-given_on', '-pk'],
            },
        ),
    ]
