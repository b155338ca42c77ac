from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desks', '0022_endings'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseFacts',
            fields=[
                ('tag', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
            ],
        ),
    ]
