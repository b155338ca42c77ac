"""Where "Leave this site now" leads: a weather page that anybody might look at, in the reader's language."""

from __future__ import annotations

QUICK_EXITS = {
    "en": "https://www.bbc.com/weather",
    "el": "https://www.meteo.gr/",
    "bg": "https://www.sinoptik.bg/",
    "ro": "https://www.meteoromania.ro/",
    "sl": "https://vreme.arso.gov.si/",
    "sr": "https://www.hidmet.gov.rs/",
    "hu": "https://www.met.hu/",
    "uk": "https://www.meteo.gov.ua/",
}
