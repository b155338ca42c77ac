from victor.publishing.comparison import compare


def marked_pieces(old: str, new: str) -> list[tuple[str, str]]:
    marks = {(True, True): " ", (True, False): "-", (False, True): "+"}
    return [(marks[piece.in_old, piece.in_new], piece.text) for piece in compare(old, new)]


def test_compare_marks_words_that_came_and_went():
    assert marked_pieces("a red lamp", "a green lamp") == [(" ", "a "), ("-", "red"), ("+", "green"), (" ", " lamp")]


def test_compare_leaves_markup_out():
    assert marked_pieces("<p>φως</p>", "<h2>φως</h2>") == [(" ", "φως")]


def test_compare_of_a_first_text_is_all_new():
    assert marked_pieces("", "<p>лампа</p>") == [("+", "лампа")]
