from django.conf import settings
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('partners', '0010_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=20, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('partnership', 'Partnership'), ('data_sharing', 'Data sharing'), ('standard_clauses', 'Standard clauses'), ('protocol', 'Protocol'), ('memorandum', 'Memorandum'), ('other', 'Other')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('title_en', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_el', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_bg', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_ro', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_sl', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_sr', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_hu', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('title_uk', models.CharField(max_length=200, null=True, verbose_name='title')),
                ('scope', models.CharField(blank=True, max_length=500, verbose_name='scope')),
                ('gates', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('referrals', 'Referrals between its parties'), ('desk_publication', 'Publication of the desks of its parties')], max_length=16), blank=True, default=list, size=None, verbose_name='what it allows')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('notice_months', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(60)], verbose_name='notice (months)')),
                ('renewal', models.CharField(choices=[('none', 'It ends'), ('tacit', 'It goes on for as long again, unless somebody objects'), ('decision', 'The parties decide on a new period')], default='none', max_length=8, verbose_name='at the end')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_signature', 'In signature'), ('signed', 'Signed'), ('suspended', 'Suspended'), ('ended', 'Ended'), ('terminated', 'Terminated')], default='draft', editable=False, max_length=12, verbose_name='status')),
                ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason')),
                ('moved_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='last change')),
            ],
            options={
                'verbose_name': 'agreement',
                'verbose_name_plural': 'agreements',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='AgreementParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office', models.CharField(blank=True, max_length=150, verbose_name='office that signs')),
                ('signed_on', models.DateField(blank=True, null=True, verbose_name='signed on')),
            ],
            options={
                'verbose_name': 'party',
                'verbose_name_plural': 'parties',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='AgreementReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField(verbose_name='days before the end')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent')),
            ],
            options={
                'verbose_name': 'reminder of an agreement',
                'verbose_name_plural': 'reminders of agreements',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='agreement',
            name='countries',
            field=models.ManyToManyField(blank=True, related_name='+', to='partners.country', verbose_name='countries'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner'),
        ),
        migrations.AddField(
            model_name='agreement',
            name='renews',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='renewals', to='partners.agreement', verbose_name='renews'),
        ),
        migrations.AddField(
            model_name='agreementparty',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='partners.agreement', verbose_name='agreement'),
        ),
        migrations.AddField(
            model_name='agreementparty',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreement_parties', to='partners.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='agreementreminder',
            name='agreement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='partners.agreement', verbose_name='agreement'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_en', ''), _negated=True), models.Q(('title_el', ''), _negated=True), models.Q(('title_bg', ''), _negated=True), models.Q(('title_ro', ''), _negated=True), models.Q(('title_sl', ''), _negated=True), models.Q(('title_sr', ''), _negated=True), models.Q(('title_hu', ''), _negated=True), models.Q(('title_uk', ''), _negated=True)), name='partners_agreement_texts'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='partners_agreement_days', violation_error_message='The last day is before the first one.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('renewal', 'tacit'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='partners_agreement_tacit', violation_error_message='An agreement without a last day is not renewed.'),
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['suspended', 'terminated']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='partners_agreement_reason'),
        ),
        migrations.AddConstraint(
            model_name='agreementparty',
            constraint=models.UniqueConstraint(fields=('agreement', 'organisation'), name='partners_agreementparty_once'),
        ),
        migrations.AddConstraint(
            model_name='agreementreminder',
            constraint=models.UniqueConstraint(fields=('agreement', 'days'), name='partners_agreementreminder_once'),
        ),
    ]
