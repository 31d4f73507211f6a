"""Markup made of tags."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from app.theme.markup import join, tag


class Reader(HTMLParser):
    """Collects tags, attributes and text, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"))


@given(TEXT, TEXT)
def test_no_text_becomes_a_tag(text: str, title: str) -> None:
    """Whatever a text holds, a browser sees one element with that text and that attribute."""
    reader = Reader()
    reader.feed(str(tag("p", text, title=title)))
    reader.close()
    assert reader.tags == [("p", [("title", title)])]
    assert reader.text == text


def test_attributes_that_are_off_are_left_out() -> None:
    """None and False leave an attribute out, True gives it without a value, `_` stands for `-`."""
    made = tag("a", "x", cls="btn", href=None, download=True, hidden=False, aria_label="go")
    assert str(made) == '<a class="btn" download aria-label="go">x</a>'


def test_finished_markup_is_not_escaped_again() -> None:
    """Pieces made of tags stay what they are inside others."""
    assert str(join(tag("b", "<"), None, "&")) == "<b>&lt;</b>&amp;"
