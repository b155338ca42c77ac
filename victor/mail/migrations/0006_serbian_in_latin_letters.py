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

    dependencies = [("mail", "0005_rewrite_table")]

    operations = [
        migrations.AlterField(
            "message", "language", models.CharField(choices=LANGUAGES, max_length=7, verbose_name="language")
        ),
    ]
