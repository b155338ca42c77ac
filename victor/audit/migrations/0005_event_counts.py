from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_first_row'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('action', models.CharField(max_length=100)),
                ('object', models.CharField(max_length=100)),
                ('number', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hour', 'action', 'object'), name='audit_eventcount_once')],
            },
        ),
    ]
