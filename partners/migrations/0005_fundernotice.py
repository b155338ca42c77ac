"""The funder's notice belongs to the partners: only its label changes. Table, rows, permissions and history stay."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

KEEP_CONTENT_TYPE = (
    "UPDATE django_content_type SET app_label = %s WHERE app_label = %s AND model = 'fundernotice'"
)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_notify_hours"),
        ("pages", "0004_tells_of_changes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='FunderNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('statement', models.CharField(max_length=200, verbose_name='sentence')),
                        ('statement_en', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_el', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_bg', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_ro', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_sl', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_sr', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_hu', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('statement_uk', models.CharField(max_length=200, null=True, verbose_name='sentence')),
                        ('disclaimer', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_en', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_el', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_bg', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_ro', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_sl', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_sr', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_hu', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('disclaimer_uk', models.TextField(blank=True, null=True, verbose_name='disclaimer')),
                        ('agreement_number', models.CharField(blank=True, max_length=100, verbose_name='number of the grant agreement')),
                        ('valid_from', models.DateField(verbose_name='valid from')),
                        ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                    ],
                    options={
                        'verbose_name': "funder's notice",
                        'verbose_name_plural': "funder's notices",
                        'db_table': 'pages_fundernotice',
                        'ordering': ['-valid_from'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('statement_en', ''), _negated=True), models.Q(('statement_el', ''), _negated=True), models.Q(('statement_bg', ''), _negated=True), models.Q(('statement_ro', ''), _negated=True), models.Q(('statement_sl', ''), _negated=True), models.Q(('statement_sr', ''), _negated=True), models.Q(('statement_hu', ''), _negated=True), models.Q(('statement_uk', ''), _negated=True), models.Q(('disclaimer_en', ''), _negated=True), models.Q(('disclaimer_el', ''), _negated=True), models.Q(('disclaimer_bg', ''), _negated=True), models.Q(('disclaimer_ro', ''), _negated=True), models.Q(('disclaimer_sl', ''), _negated=True), models.Q(('disclaimer_sr', ''), _negated=True), models.Q(('disclaimer_hu', ''), _negated=True), models.Q(('disclaimer_uk', ''), _negated=True)), name='pages_fundernotice_texts'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='pages_fundernotice_span')],
                    },
                ),
            ]
        ),
        migrations.RunSQL([(KEEP_CONTENT_TYPE, ["partners", "pages"])], [(KEEP_CONTENT_TYPE, ["pages", "partners"])]),
        pgtrigger.migrations.AddTrigger(
            model_name='fundernotice',
            trigger=pgtrigger.compiler.Trigger(name='tells_of_changes', sql=pgtrigger.compiler.UpsertTriggerSql(func="PERFORM pg_notify('public_pages', ''); RETURN NULL;", hash='5968e8d2c818f7274e29f49f8c04d1cce89ba9ab', level='STATEMENT', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_tells_of_changes_9f5f5', table='pages_fundernotice', when='AFTER')),
        ),
    ]
