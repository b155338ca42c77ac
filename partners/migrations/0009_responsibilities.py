from django.conf import settings
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('partners', '0008_accepted_by'),
    ]

    operations = [
        migrations.CreateModel(
            name='Responsibility',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(editable=False, null=True, unique=True, verbose_name='key')),
                ('function', models.CharField(choices=[('focal_point', 'Referral across a border'), ('missing_child', 'Missing child'), ('guardianship', 'Guardian for a child'), ('child_protection', 'Child protection'), ('formal_identification', 'Identification of victims'), ('police_unit', 'Police unit'), ('prosecutor', 'Prosecutor'), ('legal_aid', 'Legal aid'), ('shelter_network', 'Safe place (office, never an address)'), ('return', 'Return home'), ('help_line', 'Helpline'), ('coordinator', 'National coordinator'), ('rapporteur', 'National rapporteur')], max_length=21, verbose_name='responsible for')),
                ('body', models.CharField(max_length=200, verbose_name='name of the body')),
                ('body_en', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_el', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_bg', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_ro', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_sl', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_sr', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_hu', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('body_uk', models.CharField(max_length=200, null=True, verbose_name='name of the body')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('hours', models.CharField(choices=[('around_the_clock', '24 hours a day, every day'), ('weekdays', 'Monday to Friday, at set hours'), ('unconfirmed', 'Hours not confirmed')], default='unconfirmed', max_length=16, verbose_name='office hours')),
                ('opens', models.TimeField(blank=True, null=True, verbose_name='opens')),
                ('closes', models.TimeField(blank=True, null=True, verbose_name='closes')),
                ('notify', models.BooleanField(default=False, verbose_name='must be notified of a child victim')),
                ('notify_hours', models.PositiveSmallIntegerField(blank=True, help_text='Only where the source says so. Otherwise leave this out: the clock of the country counts.', null=True, verbose_name='within (hours)')),
                ('notify_together', models.BooleanField(default=False, verbose_name='at the same time as the others')),
                ('notify_by', models.CharField(choices=[('unconfirmed', 'Not confirmed: telephone first and ask'), ('telephone', 'By telephone'), ('writing', 'In writing'), ('both', 'By telephone, then in writing')], default='unconfirmed', max_length=11, verbose_name='way to notify')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('source_kind', models.CharField(choices=[('body', 'The body itself'), ('publication', 'A publication'), ('knowledge', 'General knowledge, not confirmed by a source')], max_length=11, verbose_name='kind of source')),
                ('source_month', models.DateField(blank=True, null=True, verbose_name='month in which the source was read')),
                ('state', models.CharField(choices=[('proposed', 'Proposed, not checked'), ('checked', 'Checked'), ('returned', 'Returned'), ('replaced', 'Replaced'), ('ended', 'Ended')], default='proposed', editable=False, max_length=8, verbose_name='status')),
                ('ends', models.BooleanField(default=False, verbose_name='no longer responsible')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='proposed')),
                ('checked_on', models.DateField(blank=True, editable=False, null=True, verbose_name='last checked')),
                ('return_reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason')),
            ],
            options={
                'verbose_name': 'responsibility',
                'verbose_name_plural': 'responsibilities',
                'ordering': ['country', 'function', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='responsibility',
            name='checked_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='checked by'),
        ),
        migrations.AddField(
            model_name='responsibility',
            name='country',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='partners.country', verbose_name='country'),
        ),
        migrations.AddField(
            model_name='responsibility',
            name='proposed_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
        ),
        migrations.AddField(
            model_name='responsibility',
            name='replaces',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='partners.responsibility', verbose_name='replaces'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('body_en', ''), _negated=True), models.Q(('body_el', ''), _negated=True), models.Q(('body_bg', ''), _negated=True), models.Q(('body_ro', ''), _negated=True), models.Q(('body_sl', ''), _negated=True), models.Q(('body_sr', ''), _negated=True), models.Q(('body_hu', ''), _negated=True), models.Q(('body_uk', ''), _negated=True)), name='partners_responsibility_texts'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes__gt', models.F('opens')), ('hours', 'weekdays'), ('opens__isnull', False)), models.Q(models.Q(('hours', 'weekdays'), _negated=True), ('closes', None), ('opens', None)), _connector='OR'), name='partners_responsibility_hours', violation_error_message='Give both times, the opening first, if the office has set hours; otherwise leave both out.'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(('notify', True), models.Q(('notify_hours', None), ('notify_together', False)), _connector='OR'), name='partners_responsibility_notify', violation_error_message='Say within how many hours only where the body must be notified.'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['checked', 'ended']), _negated=True), models.Q(('checked_by__isnull', False), ('checked_on__isnull', False), ('proposed_by__isnull', False), models.Q(('checked_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='partners_responsibility_two_people'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.UniqueConstraint(condition=models.Q(('function', 'focal_point'), ('state', 'checked')), fields=('country',), name='partners_responsibility_one_focal_point'),
        ),
        migrations.AddConstraint(
            model_name='responsibility',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('replaces',), name='partners_responsibility_one_change'),
        ),
    ]
