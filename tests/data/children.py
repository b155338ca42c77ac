"""Invented children with frequent names of eight countries, each spelt as different people would.

`python tests/data/children.py` writes `children.tsv`: 1,000 pairs of two spellings of one child. The tables here were
written for this corpus from public romanisations (ELOT 743, BGN/PCGN, ISO 9, the Bulgarian act of 2009, the Ukrainian
resolution of 2010, old French passports) and from what people type. They share nothing with `desks/duplicates/`.
"""

from __future__ import annotations

import csv
import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PAIRS = Path(__file__).with_name("children.tsv")

# Given names with pet forms, by frequency; then surnames (the form for women behind a slash), then rarer ones by parts.
PEOPLE = {
    "el": (
        "Γεώργιος=Γιώργος,Γιωργάκης Κωνσταντίνος=Κώστας,Ντίνος Δημήτριος=Δημήτρης,Μήτσος Ιωάννης=Γιάννης Νικόλαος=Νίκος "
        "Παναγιώτης=Πάνος Χρήστος Βασίλειος=Βασίλης Αθανάσιος=Θανάσης Μιχαήλ=Μιχάλης Ευάγγελος=Βαγγέλης Σπυρίδων=Σπύρος "
        "Αντώνιος=Αντώνης Αναστάσιος=Τάσος Θεόδωρος=Θοδωρής Ανδρέας Χαράλαμπος=Μπάμπης Αλέξανδρος=Αλέκος Εμμανουήλ=Μανώλης "
        "Ηλίας Πέτρος Στέφανος Παύλος Σωτήριος=Σωτήρης",
        "Μαρία=Μαίρη Ελένη=Λένα Αικατερίνη=Κατερίνα,Καίτη Βασιλική=Βάσω,Βίκυ Γεωργία Σοφία Αναστασία=Νατάσα Ευαγγελία=Εύα "
        "Ιωάννα=Γιάννα Δήμητρα Παναγιώτα=Γιώτα Κωνσταντίνα=Ντίνα Άννα Αγγελική=Κική Ειρήνη=Ρένα Χριστίνα Παρασκευή=Εύη "
        "Αλεξάνδρα Θεοδώρα=Δώρα Ελισάβετ=Λίζα Χρυσούλα Ευτυχία Φωτεινή Όλγα",
        "Παπαδόπουλος/Παπαδοπούλου Παππάς/Παππά Καραγιάννης/Καραγιάννη Βλάχος/Βλάχου Ιωαννίδης/Ιωαννίδου "
        "Οικονόμου/Οικονόμου Παπαγεωργίου/Παπαγεωργίου Μακρής/Μακρή Κωνσταντινίδης/Κωνσταντινίδου "
        "Δημόπουλος/Δημοπούλου Παπαδάκης/Παπαδάκη Γεωργίου/Γεωργίου Παπανικολάου/Παπανικολάου Βασιλείου/Βασιλείου "
        "Αντωνίου/Αντωνίου Νικολάου/Νικολάου Αγγελόπουλος/Αγγελοπούλου Παπαδημητρίου/Παπαδημητρίου "
        "Γεωργιάδης/Γεωργιάδου Αθανασίου/Αθανασίου Χατζής/Χατζή Δημητρίου/Δημητρίου Σαμαράς/Σαμαρά Μιχαηλίδης/Μιχαηλίδου "
        "Θεοδωρίδης/Θεοδωρίδου Αλεξίου/Αλεξίου Λάμπρου/Λάμπρου Σταυρόπουλος/Σταυροπούλου Καραμανλής/Καραμανλή "
        "Τσιρώνης/Τσιρώνη Ψαρράς/Ψαρρά Ξενάκης/Ξενάκη Μπακογιάννης/Μπακογιάννη Ντούκας/Ντούκα Ευσταθίου/Ευσταθίου",
        "Λυμπ Κορδ Σκαρ Μαυρ Τσακ Φιλ Γαβρ Ζαχ Ρουσσ Δρακ Πολυχρ Σιμ Μελετ Κουρ Βαρδ Θωμ",
        "όπουλος/οπούλου ίδης/ίδου άκης/άκη άτος/άτου έλης/έλη",
    ),
    "bg": (
        "Георги=Гошо Иван=Ванко Димитър=Митко Николай=Кольо Петър=Пешо,Петьо Христо=Ицо Тодор=Тошо Стефан Йордан=Данчо "
        "Васил=Васко Атанас=Наско Стоян Александър=Сашо Ангел Красимир=Краси Пламен Борис Мартин Даниел=Дани Кирил "
        "Михаил=Мишо Стоил Валентин=Вальо Емил",
        "Мария=Мими Иванка=Ваня Елена=Ели Йорданка=Данка Виктория=Вики Радка Александра=Сашка Елисавета Десислава=Деси "
        "Гергана=Гери Цветелина=Цвети Екатерина=Катя Надежда=Надя Анна=Ани Снежана Боряна Румяна Стефка Галина=Галя Росица "
        "Теодора=Дора Симона Габриела=Габи Пламена",
        "Иванов/Иванова Георгиев/Георгиева Димитров/Димитрова Петров/Петрова Николов/Николова Христов/Христова "
        "Стоянов/Стоянова Тодоров/Тодорова Илиев/Илиева Ангелов/Ангелова Василев/Василева Атанасов/Атанасова "
        "Йорданов/Йорданова Петков/Петкова Стефанов/Стефанова Колев/Колева Попов/Попова Маринов/Маринова "
        "Александров/Александрова Костов/Костова Михайлов/Михайлова Ганчев/Ганчева Желев/Желева Цонев/Цонева "
        "Кючуков/Кючукова Щерев/Щерева Дончев/Дончева Хаджиев/Хаджиева Русев/Русева Янков/Янкова Вълчев/Вълчева "
        "Каменов/Каменова Юруков/Юрукова Чолаков/Чолакова Шишков/Шишкова",
        "Бон Върб Гроз Дам Жек Злат Кал Лаз Мил Нед Пен Рад Сав Тер Чав Ял",
        "ев/ева чев/чева овски/овска анов/анова енков/енкова",
    ),
    "ro": (
        "Andrei Alexandru=Alex,Sandu Ionuț=Ionel Mihai Gheorghe=Gigi Constantin=Costel Ștefan=Fane Vasile=Vasilică "
        "Nicolae=Nicu Cristian=Cristi Florin Adrian=Adi Daniel=Dani Gabriel=Gabi Dumitru=Mitică Marian Ioan Bogdan "
        "Răzvan Cătălin Petru Denis Darius Robert",
        "Maria=Măriuca Elena=Lenuța Ioana=Oana Andreea Alexandra Mihaela Ana=Anca Cristina Daniela=Dana Florentina "
        "Gabriela=Gabi Georgiana Alina Nicoleta Ecaterina=Cati Larisa Denisa Roxana Bianca Simona Adriana Iuliana Raluca Viorica",
        "Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Lazăr Dinu Munteanu "
        "Moldovan Niță Florea Ene Șerban Tudor Ungureanu Barbu Cojocaru Ghiță Neagu Țurcanu Chiriac Vasilescu Oprea Manole "
        "Jianu Croitoru Mocanu",
        "Băl Cerch Doboș Făg Grig Hanc Iac Leont Măr Negr Pan Rot Sav Țig Vărz Zăg",
        "escu anu aru ariu oiu",
    ),
    "sl": (
        "Luka Jakob=Jaka Marko Jan Žan Nejc Miha Matej Gregor Rok Aleš Tomaž Jure Matic Jože Franc=Franci Ivan Anton=Tone "
        "Andrej Peter Gašper Blaž Domen Tadej",
        "Eva Nika Ana Maja Sara Zala Neža Lara Katja Mojca Nina Barbara Petra Tjaša Urška Alenka=Lenka Irena Marija=Mica "
        "Jožica Špela Anja Tina Kaja Lucija",
        "Novak Horvat Kovačič Krajnc Zupančič Potočnik Kovač Mlakar Kos Vidmar Golob Turk Božič Kralj Zupan Korošec Bizjak "
        "Hribar Kotnik Rozman Kavčič Petek Oblak Kastelic Žagar Hočevar Kolar Jerman Medved Pirc Škof Uršič Furlan Šuštar "
        "Jereb",
        "Cvet Drob Gab Jam Klem Lip Mur Pog Rad Slap Trat Vrh Zor Žib Česn Šmar",
        "nik ar ec šek ič",
    ),
    "sr": (
        "Никола Лука Марко Стефан=Стева Александар=Аца,Саша Јован=Јоца Петар=Пера Милош Душан=Дуле Ђорђе=Ђоле Драган Зоран "
        "Горан Милан Немања Бојан Ненад Филип Михајло=Миша Вук Урош Дејан Жељко Слободан=Слоба",
        "Марија=Маца Ана Јелена=Јеца Милица=Мица Ивана Јована Софија Катарина=Ката Драгана Снежана Љиљана Весна Тамара Теодора "
        "Анђела Наташа Сања Тијана Невена Маја Љубица=Љуба Гордана Ђурђица Жељка",
        "Јовановић Петровић Николић Марковић Ђорђевић Стојановић Илић Станковић Павловић Милошевић Тодоровић Поповић "
        "Живковић Радовановић Јанковић Стефановић Лазић Цветковић Ристић Костић Младеновић Вучковић Ђукић Шарић Чолић "
        "Бошковић Љубичић Његован Хаџић Живановић Крстић Гајић Пантелић Ћирић Зечевић",
        "Бал Врањ Грк Дрв Жар Злат Кај Луг Мрк Огњ Пец Рајк Слав Тим Ћос Шљук",
        "овић евић ић ац анин",
    ),
    "hu": (
        "László=Laci István=Pisti József=Józsi Zoltán=Zoli Ferenc=Feri Sándor=Sanyi Attila=Ati Péter=Peti Gábor=Gabi "
        "János=Jani Tamás=Tomi Bence Máté Dávid Ádám Levente Dominik Balázs Gergő György=Gyuri Mihály=Misi Norbert=Norbi "
        "Krisztián=Krisz András=Andris",
        "Mária=Mari Erzsébet=Erzsi Katalin=Kati Ilona=Ica Éva Anna=Panni Zsuzsanna=Zsuzsi Margit Judit=Jutka Hanna Boglárka=Bogi "
        "Zsófia=Zsófi Réka Eszter Viktória=Viki Krisztina=Kriszti Ágnes=Ági Noémi Vivien Petra Dorina Szilvia Tímea Rebeka=Beki",
        "Nagy Kovács Tóth Szabó Horváth Varga Kiss Molnár Németh Farkas Balogh Papp Lakatos Takács Juhász Oláh Mészáros "
        "Simon Rácz Fekete Szilágyi Török Fehér Balázs Gál Szűcs Orsós Kocsis Fodor Pintér Szalai Sipos Magyar Gulyás Csonka",
        "Bakacs Csik Dömj Erdős Fony Gyár Hegy Iszt Jósv Kemecs Losonc Megy Nyár Pály Sárosp Zsolc",
        "i ai ki házi falvi",
    ),
    "uk": (
        "Олександр=Сашко,Саша Дмитро=Діма Андрій Сергій Максим Іван=Ваня Микола=Коля Володимир=Вова Михайло=Миша Юрій=Юра "
        "Віктор=Вітя Олег Богдан Артем Назар Тарас Василь=Вася Петро Роман Євген=Женя Олексій=Льоша Ігор Павло Степан",
        "Анна=Аня Марія=Маша Олена=Лена Наталія=Наташа Тетяна=Таня Ірина=Іра Оксана Світлана=Света Юлія=Юля Вікторія=Віка "
        "Катерина=Катя Софія=Соня Анастасія=Настя Дарина=Даша Ольга=Оля Людмила=Люда Галина=Галя Надія=Надя Вероніка Христина "
        "Соломія Злата Яна Любов=Люба",
        "Мельник Шевченко Коваленко Бондаренко Бойко Ткаченко Кравченко Ковальчук Коваль Олійник Шевчук Поліщук Ткачук "
        "Савченко Бондар Марченко Руденко Мороз Лисенко Петренко Клименко Павленко Кравчук Пономаренко Василенко "
        "Григоренко Захарченко Гаврилюк Гончар Щербак Хоменко Юрченко Яковенко Левицький/Левицька Жук",
        "Баб Вересо Гайд Дзюб Зінь Кащ Лозо Мазур Онищ Паламар Рябо Собо Тимощ Федор Цимба Явор",
        "енко ук ський/ська юк ишин",
    ),
}
PEOPLE["en"] = PEOPLE["ro"]  # English has no children of its own here: Romanian ones, typed by ear
FREQUENT_SHARE = 0.7


def pairs_of(text: str) -> list[tuple[str, str]]:
    """A table as it is written here: `a=b c=d`; an underscore stands for nothing."""
    return [(left, right.replace("_", "")) for left, _sign, right in (rule.partition("=") for rule in text.split())]


def writer(text: str) -> Callable[[str], str]:
    """Somebody who writes names by a table, the longest letters first. `^a` holds at the beginning of a word."""
    table = dict(pairs_of(text))
    longest = max(len(letters) for letters in table)

    def write(word: str) -> str:
        written, place, small = "", 0, unicodedata.normalize("NFC", word.lower())
        while place < len(small):
            for size in range(min(longest, len(small) - place), 0, -1):
                letters = small[place : place + size]
                rule = table.get(f"^{letters}") if place == 0 else None
                rule = table.get(letters) if rule is None else rule
                if rule is not None:
                    break
            else:
                rule, size = small[place], 1
            written, place = written + rule, place + size
        return written[:1].upper() + written[1:]

    return write


def greek(text: str) -> Callable[[str], str]:
    """The same for Greek, which is written without accents first, and in which the next letter may matter."""
    write = writer(text)
    return lambda word: write(without_accents(word))


def without_accents(word: str) -> str:
    """No accents: what most people leave out on a foreign keyboard."""
    plain = unicodedata.normalize("NFD", word.replace("đ", "dj").replace("Đ", "Dj"))
    return unicodedata.normalize("NFC", "".join(sign for sign in plain if unicodedata.category(sign) != "Mn"))


HARD = "θκξπστφχψ"
DIPHTHONGS = " ".join(
    f"{vowel}υ{letter}={latin}f{rest}"
    for vowel, latin in zip("αεη", "aei", strict=True)
    for letter, rest in zip(HARD, "th k x p s t f ch ps".split(), strict=True)
)
GREEK_BASE = (
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
    "αυ=av ευ=ev ηυ=iv ου=ou γγ=ng γξ=nx γχ=nch γκ=gk "
)
ELOT = greek(f"{GREEK_BASE} {DIPHTHONGS} ^μπ=b μπ=mp ντ=nt ^γκ=gk")
BGN_GREEK = greek(
    f"{GREEK_BASE} αι=e ει=i οι=i υι=i υ=i δ=dh χ=kh ^γκ=g γκ=ng ^μπ=b μπ=mb ^ντ=d ντ=nd "
    "γε=ye γι=yi γη=yi γυ=yi γει=yi γοι=yi για=ya γιω=yo γιο=yo γιου=you"
)
BY_EAR_GREEK = greek(
    f"{GREEK_BASE} αι=e ει=i οι=i υ=i χ=h ξ=ks γγ=g γκ=g μπ=b ντ=d γχ=h για=ya γιω=yo γιο=yo ^γι=yi ^γε=ye αυ=av ευ=ev"
)
BY_EYE_GREEK = greek(f"{GREEK_BASE} η=h ω=w θ=8 ξ=3 χ=x β=b υ=u ου=ou γγ=gg γχ=gx μπ=mp ντ=nt αυ=au ευ=eu")
GREEK_TO_BULGARIAN = greek(
    "α=а β=в γ=г δ=д ε=е ζ=з η=и θ=т ι=и κ=к λ=л μ=м ν=н ξ=кс ο=о π=п ρ=р σ=с ς=с τ=т υ=и φ=ф χ=х ψ=пс ω=о "
    "αυ=ав ευ=ев ου=у αι=е ει=и οι=и γγ=нг γκ=нк ^γκ=г ^μπ=б μπ=мб ^ντ=д ντ=нд τσ=ц τζ=дз για=я γιω=йо γιο=йо γιου=ю ια=ия"
)
CYRILLIC_BASE = "а=a б=b в=v г=g д=d е=e з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f "
BULGARIAN_ACT = writer(f"{CYRILLIC_BASE} ж=zh й=y х=h ц=ts ч=ch ш=sh щ=sht ъ=a ь=y ю=yu я=ya")
BULGARIAN_ISO9 = writer(f"{CYRILLIC_BASE} ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ь=ʹ ю=û я=â")
BULGARIAN_FRENCH = writer(
    f"{CYRILLIC_BASE} ж=j й=i ^й=y х=kh ц=tz ч=tch ш=ch щ=cht ъ=a ь=_ ю=iou я=ia у=ou ге=gue ги=gui"
)
BULGARIAN_BGN = writer(f"{CYRILLIC_BASE} ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=sht ъ=ŭ ь=’ ю=yu я=ya")
UKRAINIAN_BASE = f"{CYRILLIC_BASE} ґ=g і=i ж=zh ц=ts ч=ch ш=sh щ=shch ’=_ "
UKRAINIAN_2010 = writer(f"{UKRAINIAN_BASE} г=h зг=zgh и=y ї=i ^ї=yi є=ie ^є=ye й=i ^й=y х=kh ю=iu ^ю=yu я=ia ^я=ya ь=_")
UKRAINIAN_ISO9 = writer(f"{CYRILLIC_BASE} ґ=g̀ і=ì ж=ž ц=c ч=č ш=š щ=ŝ ї=ï є=ê й=j х=h ю=û я=â ь=ʹ")
UKRAINIAN_BGN = writer(f"{UKRAINIAN_BASE} г=h и=y ї=yi є=ye й=y х=kh ю=yu я=ya ь=’")
UKRAINIAN_BY_HAND = writer(f"{UKRAINIAN_BASE} г=g и=i ї=i є=e ^є=e й=y х=h щ=sch ю=yu я=ya ь=_")
SERBIAN_LATIN = writer(f"{CYRILLIC_BASE} ђ=đ ж=ž ј=j љ=lj њ=nj ћ=ć х=h ц=c ч=č џ=dž ш=š")
SERBIAN_BY_EAR = writer(f"{CYRILLIC_BASE} ђ=dj ж=zh ј=y љ=ly њ=ny ћ=ch х=h ц=ts ч=ch џ=dzh ш=sh")
TO_GREEK = (
    "а=α б=μπ в=β г=γκ д=ντ е=ε ж=ζ з=ζ и=ι й=ι к=κ л=λ м=μ н=ν о=ο п=π р=ρ с=σ т=τ у=ου ф=φ х=χ ц=τσ ч=τσ ш=σ щ=στ "
    "ъ=α ь=_ ю=ιου я=ια дж=τζ дз=τζ нд=ντ мб=μπ нг=γκ ё=ιο "
)
GREEK_OF_BULGARIAN = writer(f"{TO_GREEK} ^я=για ^ю=γιου ^йо=γιο")
GREEK_OF_UKRAINIAN = writer(f"{TO_GREEK} г=γ ґ=γκ і=ι ї=ι є=ιε ^є=γιε ’=_ щ=στσ ^ю=γιου ^я=για")
GREEK_OF_SERBIAN = writer(f"{TO_GREEK} ђ=τζ ћ=τσ џ=τζ љ=λι њ=νι ј=ι ^ја=για ^јо=γιο ^је=γιε")
BULGARIAN_OF_ROMANIAN = writer(
    "a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=ж k=к l=л m=м n=н o=о p=п r=р s=с t=т u=у v=в x=кс z=з ă=ъ â=ъ î=и ș=ш ț=ц "
    "ce=че ci=чи cio=чо cia=ча ge=дже gi=джи gia=джа gio=джо che=ке chi=ки ghe=ге ghi=ги ia=ия ^ia=я io=ио ^io=йо iu=ю ea=еа"
)
BULGARIAN_OF_HUNGARIAN = writer(
    "a=а á=а b=б c=ц cs=ч cz=ц d=д dzs=дж e=е é=е f=ф g=г gy=дь gyö=дьо h=х i=и í=и j=й ja=я já=я jo=йо jó=йо ju=ю jú=ю k=к l=л "
    "ly=й m=м n=н ny=н o=о ó=о ö=ьо ^ö=йо ő=ьо p=п r=р s=ш sz=с t=т th=т ty=т u=у ú=у ü=ю ű=ю v=в z=з zs=ж gh=г y=и ssz=с ss=ш"
)
HUNGARIAN_BY_EAR = writer("cs=ch sz=s s=sh zs=zh c=ts cz=ts j=y gh=g th=t ss=sh á=a é=e í=i ó=o ö=o ő=o ú=u ü=u ű=u")
ROMANIAN_BY_EAR = writer("ș=sh ț=ts ce=che ci=chi che=ke chi=ki ghe=ge ghi=gi ă=a â=a î=i j=zh")
SERBIAN_OF_SLOVENIAN = writer(
    "a=а b=б c=ц č=ч d=д e=е f=ф g=г h=х i=и j=ј k=к l=л lj=љ m=м n=н nj=њ o=о p=п r=р s=с š=ш t=т u=у v=в z=з ž=ж"
)


def native(word: str) -> str:
    """As it is written at home."""
    return word


def greek_ending(word: str) -> str:
    """A Greek word ends in another sigma."""
    return f"{word[:-1]}ς" if word.endswith("σ") else word


def twice(first: Callable[[str], str], second: Callable[[str], str]) -> Callable[[str], str]:
    """Heard in one language and written down in another."""
    return lambda word: greek_ending(second(first(word)))


WRITERS: dict[str, list[Callable[[str], str]]] = {
    "el": [native, native, ELOT, ELOT, BGN_GREEK, BY_EAR_GREEK, BY_EYE_GREEK, GREEK_TO_BULGARIAN],
    "bg": [native, native, BULGARIAN_ACT, BULGARIAN_ISO9, BULGARIAN_FRENCH, BULGARIAN_BGN, twice(native, GREEK_OF_BULGARIAN)],
    "uk": [native, native, UKRAINIAN_2010, UKRAINIAN_ISO9, UKRAINIAN_BGN, UKRAINIAN_BY_HAND, twice(native, GREEK_OF_UKRAINIAN)],
    "sr": [native, native, SERBIAN_LATIN, twice(SERBIAN_LATIN, without_accents), SERBIAN_BY_EAR, twice(native, GREEK_OF_SERBIAN)],
    "ro": [native, native, without_accents, BULGARIAN_OF_ROMANIAN, twice(BULGARIAN_OF_ROMANIAN, GREEK_OF_BULGARIAN)],
    "en": [native, without_accents, ROMANIAN_BY_EAR],
    "sl": [native, native, without_accents, SERBIAN_OF_SLOVENIAN, twice(SERBIAN_OF_SLOVENIAN, GREEK_OF_SERBIAN)],
    "hu": [native, native, without_accents, HUNGARIAN_BY_EAR, BULGARIAN_OF_HUNGARIAN, twice(BULGARIAN_OF_HUNGARIAN, GREEK_OF_BULGARIAN)],
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2009, 2026


@dataclass(frozen=True)
class Child:
    """A child as somebody has typed it."""

    given: str
    family: str
    year: int | None


@dataclass(frozen=True)
class Person:
    """A child as it is called at home."""

    language: str
    given: str
    pet_forms: tuple[str, ...]
    family: str
    fathers_name: str  # the form for men, which is often typed for girls too
    year: int


def weighted(chance: random.Random, names: list[str], flatness: float) -> str:
    """One of these names: the first ones much more often, as in life."""
    return chance.choices(names, [1 / (rank + flatness) for rank in range(len(names))])[0]


def person(chance: random.Random) -> Person:
    """Somebody from one of the countries."""
    language = chance.choice(list(PEOPLE))
    boys, girls, surnames, stems, endings = PEOPLE[language]
    is_girl = chance.random() < 0.5
    given, _sign, pet_forms = weighted(chance, (girls if is_girl else boys).split(), 6).partition("=")
    if chance.random() < FREQUENT_SHARE:
        his, _slash, hers = weighted(chance, surnames.split(), 4).partition("/")
    else:
        stem = chance.choice(stems.split())
        his, hers = (stem + ending if ending else "" for ending in chance.choice(endings.split()).partition("/")[::2])
    family = hers if is_girl and hers else his
    return Person(
        language, given, tuple(filter(None, pet_forms.split(","))), family, his, chance.randint(FIRST_YEAR, LAST_YEAR)
    )


def typed(who: Person, write: Callable[[str], str], given: str = "") -> Child:
    """The child as one writer types it."""
    return Child(write(given or who.given), write(who.family), who.year)


def pair(chance: random.Random) -> tuple[Child, Child]:
    """Two spellings of one child by two writers, with what else differs in life."""
    who = person(chance)
    writers = WRITERS[who.language]
    first, second = chance.sample(range(len(writers)), 2)
    pet_form = chance.choice(who.pet_forms) if who.pet_forms and chance.random() < 0.3 else ""
    known = typed(who, writers[first])
    if typed(who, writers[second]) == known:  # no two spellings of this name by these two
        return pair(chance)
    if chance.random() < 0.1:
        who = replace(who, family=who.fathers_name)
    asked = typed(who, writers[second], pet_form)
    if chance.random() < 0.15:
        asked = replace(asked, given=asked.family, family=asked.given)
    years = chance.choices([0, -1, 1, None], [0.6, 0.175, 0.175, 0.05])[0]
    return known, replace(asked, year=None if years is None else who.year + years)


def pairs(count: int = 1000) -> Iterator[tuple[Child, Child]]:
    """The same pairs each time."""
    chance = random.Random(20)
    return (pair(chance) for _number in range(count))


def strangers(count: int = 20_000) -> Iterator[Child]:
    """Other children, with the same frequent names: some of them have the very same name, and are nobody's pair."""
    chance = random.Random(61)
    for _number in range(count):
        who = person(chance)
        given = chance.choice([who.given, *who.pet_forms]) if chance.random() < 0.3 else who.given
        yield typed(who, chance.choice(WRITERS[who.language]), given)


def read_pairs() -> list[tuple[Child, Child]]:
    """The pairs of the file."""
    with PAIRS.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.reader(lines, delimiter="\t"))
    return [(_child(row[:3]), _child(row[3:])) for row in rows]


def _child(cells: list[str]) -> Child:
    return Child(cells[0], cells[1], int(cells[2]) if cells[2] else None)


if __name__ == "__main__":
    with PAIRS.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        for known, asked in pairs():
            table.writerow([known.given, known.family, known.year, asked.given, asked.family, asked.year])
