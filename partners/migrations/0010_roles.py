from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0009_responsibilities'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='intake',
            field=models.BooleanField(default=False, editable=False, verbose_name='receives referrals'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('worker', 'Desk worker'), ('supervisor', 'Desk supervisor'), ('trainer', 'Trainer'), ('editor', 'Editor'), ('translator', 'Translator'), ('coordinator', 'Coordinator'), ('auditor', 'Auditor'), ('privacy', 'Data protection officer')], max_length=12, verbose_name='role'),
        ),
        migrations.AlterField(
            model_name='membershipinvitation',
            name='role',
            field=models.CharField(choices=[('worker', 'Desk worker'), ('supervisor', 'Desk supervisor'), ('trainer', 'Trainer'), ('editor', 'Editor'), ('translator', 'Translator'), ('coordinator', 'Coordinator'), ('auditor', 'Auditor'), ('privacy', 'Data protection officer')], max_length=12, verbose_name='role'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('intake', False), ('role', 'worker'), _connector='OR'), name='partners_membership_intake'),
        ),
    ]
