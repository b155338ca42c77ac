"""The notice of the project's own grant, so that no installation is ever without it."""

from datetime import date

from django.db import migrations

STATEMENTS = {
    "en": "With financial support by the European Union",
    "el": "Με την οικονομική υποστήριξη της Ευρωπαϊκής Ένωσης",
    "bg": "С финансовата подкрепа на Европейския съюз",
    "ro": "Cu sprijinul financiar al Uniunii Europene",
    "sl": "S finančno podporo Evropske unije",
    "sr": "Уз финансијску подршку Европске уније",
    "hu": "Az Európai Unió pénzügyi támogatásával",
    "uk": "За фінансової підтримки Європейського Союзу",
}

DISCLAIMERS = {
    "en": "What this site says is the view of its authors alone. The European Commission is not responsible for any "
    "use that may be made of it.",
    "el": "Το περιεχόμενο αυτού του ιστότοπου εκφράζει μόνο τις απόψεις των συντακτών του. Η Ευρωπαϊκή Επιτροπή δεν "
    "ευθύνεται για οποιαδήποτε χρήση του.",
    "bg": "Съдържанието на този сайт изразява единствено мнението на неговите автори. Европейската комисия не носи "
    "отговорност за използването му.",
    "ro": "Conținutul acestui site exprimă numai opinia autorilor săi. Comisia Europeană nu răspunde pentru modul în "
    "care este folosit.",
    "sl": "Vsebina tega spletišča izraža zgolj mnenje njegovih avtorjev. Evropska komisija ne odgovarja za njeno "
    "uporabo.",
    "sr": "Садржај овог сајта изражава искључиво ставове његових аутора. Европска комисија не одговара за начин на "
    "који се он користи.",
    "hu": "A honlap tartalma kizárólag szerzőinek álláspontját tükrözi. Felhasználásáért az Európai Bizottság nem "
    "vállal felelősséget.",
    "uk": "Вміст цього сайту відображає лише погляди його авторів. Європейська Комісія не несе відповідальності за "
    "його використання.",
}


def put_up(apps, schema_editor):
    texts = {f"statement_{code}": text for code, text in STATEMENTS.items()}
    texts |= {f"disclaimer_{code}": text for code, text in DISCLAIMERS.items()}
    apps.get_model("pages", "FunderNotice").objects.create(
        statement=STATEMENTS["en"], disclaimer=DISCLAIMERS["en"], valid_from=date(2013, 1, 1), **texts
    )


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]
    operations = [migrations.RunPython(put_up, migrations.RunPython.noop)]
