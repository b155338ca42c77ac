from django.db import migrations, models

LANGUAGES = [
    ("en", "English"),
    ("el", "Ελληνικά"),
    ("bg", "Български"),
    ("ro", "Română"),
    ("sl", "Slovenščina"),
    ("sr", "Српски (ћирилица)"),
    ("sr-latn", "Srpski (latinica)"),
    ("hu", "Magyar"),
    ("uk", "Українська"),
]


class Migration(migrations.Migration):
    """Serbian in Latin letters can be chosen."""

    dependencies = [("trainings", "0004_people_and_mail")]

    operations = [
        migrations.AlterField(
            "registration", "language", models.CharField(choices=LANGUAGES, max_length=7, verbose_name="language")
        ),
        migrations.AlterField(
            "certificate", "language", models.CharField(choices=LANGUAGES, max_length=7, verbose_name="language")
        ),
    ]
