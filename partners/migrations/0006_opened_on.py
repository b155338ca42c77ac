from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0005_fundernotice'),
    ]

    operations = [
        migrations.RenameField(model_name='network', old_name='opened', new_name='opened_on'),
    ]
