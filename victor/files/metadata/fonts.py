"""Fonts whose names tell nothing of who has them: those that come with systems and office programs."""

from __future__ import annotations

FONTS = frozenset(
    name.strip().casefold()
    for name in """
Aptos; Aptos Display; Aptos Narrow; Arial; Arial Black; Arial Narrow; Arial Unicode MS; Bahnschrift; Baskerville;
Bodoni MT; Book Antiqua; Bookman Old Style; Calibri; Calibri Light; Cambria; Cambria Math; Candara; Carlito; Caladea;
Century; Century Gothic; Century Schoolbook; Comic Sans MS; Consolas; Constantia; Corbel; Courier; Courier New;
DejaVu Sans; DejaVu Sans Mono; DejaVu Serif; Didot; Franklin Gothic Book; Franklin Gothic Medium; Futura; Gabriola;
Garamond; Geneva; Georgia; Gill Sans; Gill Sans MT; Helvetica; Helvetica Neue; Hoefler Text; Impact; Ink Free; Lato;
Leelawadee UI; Liberation Mono; Liberation Sans; Liberation Sans Narrow; Liberation Serif; Linux Libertine G;
Linux Biolinum G; Lucida Console; Lucida Grande; Lucida Sans; Lucida Sans Unicode; Malgun Gothic; MS Gothic; MS Mincho;
MS PGothic; MS PMincho; MS Sans Serif; MS Serif; MV Boli; Menlo; Meiryo; Merriweather; Microsoft JhengHei;
Microsoft Sans Serif; Microsoft YaHei; Mincho; Monaco; Montserrat; Monotype Corsiva; Nirmala UI; Noto Sans;
Noto Sans CJK SC;
Noto Sans Devanagari; Noto Serif; Noto Serif CJK SC; Open Sans; OpenSymbol; Optima; PT Sans; PT Serif; Palatino;
Palatino Linotype; Perpetua; Poppins; Raleway; Roboto; Roboto Slab; Rockwell; SF Pro; San Francisco; Segoe Print;
Segoe Script; Segoe UI; Segoe UI Emoji; Segoe UI Light; Segoe UI Semibold; Segoe UI Symbol; SimHei; SimSun;
Source Code Pro;
Source Sans Pro; StarSymbol; Sylfaen; Symbol; Tahoma; Times; Times New Roman; Trebuchet MS; Tw Cen MT; Ubuntu; Verdana;
Webdings; Wingdings; Wingdings 2; Wingdings 3; Yu Gothic; Yu Mincho; Lohit Devanagari; FreeSans; Mangal;
Lucidasans; Thorndale; Albany; Cumberland; Monospace; Sans; Serif; sans-serif; serif
""".replace("\n", " ").split(";")
)


def is_common_font(name: str) -> bool:
    """Whether a font may be named in a copy."""
    return name.strip().strip("'\"").casefold() in FONTS
