"""What the one who writes is told, and what is left in peace."""

from __future__ import annotations

import pytest

from victor.publishing.accessibility_hints import hints

IMAGE = '<img src="/pictures/Abcdefghijklmnopqrs_-2/640.webp" alt="{}">'


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h3>Signs</h3>", "“Signs” is a sub-heading without a main heading above it."),
        ("<h2> </h2>", "A heading or link is empty."),
        ('<p>Read <a href="/x"></a></p>', "A heading or link is empty."),
        ('<p>Read <a href="/x">here</a></p>', "The link “here” does not say where it goes."),
        ('<p>Πατήστε <a href="/x">Εδώ.</a></p>', "The link “Εδώ.” does not say where it goes."),
        ('<p><a href="https://x.eu">https://x.eu</a></p>', "The link “https://x.eu” does not say where it goes."),
        (
            "<p><strong>What to do</strong></p>",
            "“What to do” looks like a heading because it is bold. Please make it a heading.",
        ),
        (f"<p>Words</p>{IMAGE.format('')}", "An image has no alternative text: say what it shows."),
        (IMAGE.format("IMG_0231.jpg"), "“IMG_0231.jpg” is the name of a file: say what the image shows."),
        (IMAGE.format("DSC00231"), "“DSC00231” is the name of a file: say what the image shows."),
        ("<p>ΜΗΝ ΤΟ ΚΑΝΕΤΕ</p>", "“ΜΗΝ ΤΟ ΚΑΝΕΤΕ” is in capital letters. Screen readers may spell it out."),
    ],
)
def test_tells_what_somebody_will_stumble_over(html, said):
    assert list(hints(html)) == [said]


@pytest.mark.parametrize(
    "html",
    [
        "",
        f"<p>Look:</p>{IMAGE.format('A bridge, seen from below')}",
        f'<p><a href="/x">{IMAGE.format("The numbers of your country")}</a></p>',
        "<h2>Signs</h2><h3>At work</h3><p>Call <strong>112</strong> now.</p>",
        '<p>See <a href="/x">the numbers of your country</a>.</p>',
        "<p>СЕЛЕК и SELEC, SEEC: їхні права.</p>",
        "<p>VICTOR, SELEC and SEEC in the EU.</p>",
    ],
)
def test_leaves_in_peace_what_reads_well(html):
    assert list(hints(html)) == []
