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

    dependencies = [("accounts", "0002_second_persons")]

    operations = [
        migrations.AlterField(
            "user", "language", models.CharField(choices=LANGUAGES, default="en", max_length=7, verbose_name="language")
        ),
        migrations.AlterField(
            "invitation", "language", models.CharField(choices=LANGUAGES, max_length=7, verbose_name="language")
        ),
    ]
