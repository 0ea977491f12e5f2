"""The pictures of `/network` and `/keyarea`: five key areas by the countries of the Network."""

from typing import TYPE_CHECKING

from bot.drawing import ACCENT, FAINT, INK, LINE, PAPER, SHADES, WARM, drawn, fitting, font, person
from bot.languages import Texts, texts
from data import countries
from data.overview import FEW, Cell, Overview, Row

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

WIDTH, MARGIN = 1080, 40
FIRST, TILE, GAP = 350, 122, 8
ROW, HIGH = 50, 42
ALT_LIMIT = 1024
Names = tuple[str, ...]


def shade(practices: int) -> int:
    """Which shade stands for a number of practices."""
    return 0 if practices == 0 else 1 if practices == 1 else 2 if practices < FEW - 1 else 3


def country_name(t: Texts, row: Row) -> str:
    """What a row is called."""
    return countries.name(row.country, t.language) if row.country else t("Other countries")


def people_text(people: int) -> str:
    """A number of people as it is told."""
    return f"<{FEW}" if 0 < people < FEW else str(people)


def ordered(t: Texts, overview: Overview) -> list[Row]:
    """The rows as the reader looks for them: by name, the others last."""
    return sorted(overview.rows, key=lambda row: (row.country is None, countries.fold(country_name(t, row))))


# All key areas -------------------------------------------------------------------------------------------------------


async def matrix(language: str, overview: Overview, names: Names) -> bytes:
    """The picture of all key areas by all countries.

    Args:
        language: of its labels.
        overview: what there is.
        names: of the key areas, in their order.
    """
    return await drawn(_matrix, language, overview, names)


def _matrix(language: str, overview: Overview, names: Names) -> "Image":
    from PIL import Image, ImageDraw

    t = texts(language)
    rows = ordered(t, overview)
    top = 138 + 42 * len(names) + 30
    height = top + 64 + ROW * len(rows) + (ROW + 26 if overview.asks is not None else 0) + 70
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    _title(draw, t("The Network at a glance"), t("What members share, by country and key area"))
    for number, name in enumerate(names, 1):
        y = 138 + 42 * (number - 1)
        _number(draw, MARGIN + 17, y + 17, number)
        shown, letters = fitting(name, 500, 28)
        draw.text((MARGIN + 48, y + 17), shown, fill=INK, font=letters, anchor="lm")
    _key(draw, t, overview, 660, 138)
    for column in range(len(names)):
        _number(draw, _left(column) + TILE // 2, top + 26, column + 1)
    y = top + 60
    for row in rows:
        _row(draw, t, row, y, overview)
        y += ROW
    if overview.asks is not None:
        y += 12
        draw.line((MARGIN, y, WIDTH - MARGIN, y), fill=LINE, width=2)
        y += 12
        shown, letters = fitting(t("Questions without an answer"), FIRST - 20, 26, bold=True)
        draw.text((MARGIN, y + HIGH // 2), shown, fill=WARM, font=letters, anchor="lm")
        for column, asks in enumerate(overview.asks):
            middle = (_left(column) + TILE // 2, y + HIGH // 2)
            draw.text(
                middle, str(asks) if asks else "–", fill=WARM if asks else FAINT, font=font(28, bold=True), anchor="mm"
            )
        y += ROW
    _foot(draw, t, overview, y + 12)
    return image


def _left(column: int) -> int:
    return MARGIN + FIRST + column * (TILE + GAP)


def _title(draw: "ImageDraw", title: str, under: str) -> None:
    shown, letters = fitting(title, WIDTH - 2 * MARGIN, 46, bold=True, least=30)
    draw.text((MARGIN, 28), shown, fill=ACCENT, font=letters)
    shown, letters = fitting(under, WIDTH - 2 * MARGIN, 27)
    draw.text((MARGIN, 84), shown, fill=FAINT, font=letters)


def _number(draw: "ImageDraw", x: int, y: int, number: int) -> None:
    """A key area's number in a disc."""
    draw.ellipse((x - 17, y - 17, x + 17, y + 17), fill=ACCENT)
    draw.text((x, y + 1), str(number), fill=PAPER, font=font(24, bold=True), anchor="mm")


def _scale(draw: "ImageDraw", x: int, y: int) -> int:
    """What the shades of the tiles mean; returns where they end."""
    for step, said in ((1, "1"), (2, f"2–{FEW - 2}"), (3, f"{FEW - 1}+")):
        draw.rounded_rectangle((x, y, x + 62, y + 36), 8, fill=SHADES[step])
        draw.text((x + 31, y + 18), said, fill=PAPER if step > 1 else INK, font=font(24, bold=True), anchor="mm")
        x += 68
    return x


def _key(draw: "ImageDraw", t: Texts, overview: Overview, x: int, y: int) -> None:
    """What the tiles mean."""
    after = _scale(draw, x, y) + 8
    shown, letters = fitting(t("practices"), WIDTH - MARGIN - after, 26)
    draw.text((after, y + 18), shown, fill=INK, font=letters, anchor="lm")
    if overview.for_members:
        y += 50
        person(draw, x + 8, y + 5, 24, INK)
        shown, letters = fitting(t("people to ask"), WIDTH - MARGIN - x - 46, 26)
        draw.text((x + 46, y + 18), shown, fill=INK, font=letters, anchor="lm")


def _row(draw: "ImageDraw", t: Texts, row: Row, y: int, overview: Overview) -> None:
    name = country_name(t, row)
    shown, letters = fitting(name, FIRST - 20, 28, bold=row.chairs)
    colour = FAINT if row.country is None else INK
    draw.text((MARGIN, y + HIGH // 2), shown, fill=colour, font=letters, anchor="lm")
    for column, cell in enumerate(row.cells):
        _tile(draw, _left(column), y, TILE, cell, people=overview.for_members)


def _tile(draw: "ImageDraw", x: int, y: int, width: int, cell: Cell, *, people: bool) -> None:
    """A tile: practices by its shade and number, people by a small person and theirs."""
    step = shade(cell.practices)
    ink = PAPER if step > 1 else INK
    shows_people = people and cell.people > 0
    draw.rounded_rectangle((x, y, x + width, y + HIGH), 9, fill=SHADES[step])
    middle = y + HIGH // 2
    if cell.practices:
        at = x + (26 if shows_people else width // 2)
        draw.text((at, middle), str(cell.practices), fill=ink, font=font(28, bold=True), anchor="mm")
    if shows_people:
        person(draw, x + width - 74, middle - 11, 22, ink)
        draw.text((x + width - 47, middle), people_text(cell.people), fill=ink, font=font(22), anchor="lm")


def _foot(draw: "ImageDraw", t: Texts, overview: Overview, y: int) -> None:
    said = [t("In bold: co-chairs.")]
    if overview.for_members:
        said.append(t("Fewer than five people are shown as <5."))
    shown, letters = fitting(" ".join(said), WIDTH - 2 * MARGIN, 24)
    draw.text((MARGIN, y), shown, fill=FAINT, font=letters)


def matrix_alt(t: Texts, overview: Overview, names: Names) -> str:
    """The same in words, for those who do not see the picture."""
    lines = [t("Practices by country and key area.")]
    for column, name in enumerate(names):
        cells = [(row, row.cells[column]) for row in ordered(t, overview)]
        total = sum(cell.practices for _, cell in cells)
        where = [
            f"{country_name(t, row)} {cell.practices}"
            for row, cell in sorted(cells, key=lambda each: -each[1].practices)
            if cell.practices
        ]
        said = t.pair(name, t.plural("{n} practice", "{n} practices", total))
        if where:
            said += f" ({', '.join(where[:6])}{'…' if len(where) > 6 else ''})"
        if overview.asks is not None and overview.asks[column]:
            said += ", " + t.plural(
                "{n} question without an answer", "{n} questions without an answer", overview.asks[column]
            )
        lines.append(said + ".")
    return "\n".join(lines)[:ALT_LIMIT]


# One key area --------------------------------------------------------------------------------------------------------

COLUMNS, WIDE, TALL = 4, 268, 78


async def tiles(language: str, overview: Overview, column: int, name: str) -> bytes:
    """The picture of one key area by all countries.

    Args:
        language: of its labels.
        overview: what there is.
        column: which key area, by its place.
        name: of the key area.
    """
    return await drawn(_tiles, language, overview, column, name)


def is_worth_drawing(overview: Overview, column: int) -> bool:
    """Whether there is enough of a key area: a picture of nothing but empty tiles tells less than none."""
    return sum(bool(row.cells[column].practices or row.cells[column].people) for row in overview.rows) >= 2


def _tiles(language: str, overview: Overview, column: int, name: str) -> "Image":
    from PIL import Image, ImageDraw

    t = texts(language)
    rows = ordered(t, overview)
    width = 2 * MARGIN + COLUMNS * WIDE + (COLUMNS - 1) * GAP
    lines = -(-len(rows) // COLUMNS)
    height = 186 + lines * (TALL + GAP) + 66
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    _number(draw, MARGIN + 22, 54, column + 1)
    shown, letters = fitting(name, width - 2 * MARGIN - 60, 44, bold=True, least=28)
    draw.text((MARGIN + 58, 54), shown, fill=ACCENT, font=letters, anchor="lm")
    _key_in_line(draw, t, overview, column, 112)
    for place, row in enumerate(rows):
        x = MARGIN + (place % COLUMNS) * (WIDE + GAP)
        y = 186 + (place // COLUMNS) * (TALL + GAP)
        _country(draw, t, row, row.cells[column], x, y, people=overview.for_members)
    _foot(draw, t, overview, height - 50)
    return image


def _key_in_line(draw: "ImageDraw", t: Texts, overview: Overview, column: int, y: int) -> None:
    x = _scale(draw, MARGIN, y) + 8
    draw.text((x, y + 18), t("practices"), fill=INK, font=font(24), anchor="lm")
    x += int(font(24).getlength(t("practices"))) + 32
    if overview.for_members:
        person(draw, x, y + 6, 24, INK)
        draw.text((x + 34, y + 18), t("people to ask"), fill=INK, font=font(24), anchor="lm")
        x += 34 + int(font(24).getlength(t("people to ask"))) + 32
    if overview.asks is not None and overview.asks[column]:
        draw.text((x, y + 18), str(overview.asks[column]), fill=WARM, font=font(26, bold=True), anchor="lm")
        x += int(font(26, bold=True).getlength(str(overview.asks[column]))) + 10
        draw.text((x, y + 18), t("questions without an answer"), fill=WARM, font=font(24), anchor="lm")


def _country(draw: "ImageDraw", t: Texts, row: Row, cell: Cell, x: int, y: int, *, people: bool) -> None:
    step = shade(cell.practices)
    ink = PAPER if step > 1 else INK
    draw.rounded_rectangle((x, y, x + WIDE, y + TALL), 12, fill=SHADES[step])
    shown, letters = fitting(country_name(t, row), WIDE - 28, 26, bold=row.chairs)
    draw.text((x + 14, y + 24), shown, fill=ink, font=letters, anchor="lm")
    if cell.practices:
        draw.text((x + 14, y + 55), str(cell.practices), fill=ink, font=font(28, bold=True), anchor="lm")
    if people and cell.people:
        person(draw, x + WIDE - 90, y + 43, 22, ink)
        draw.text((x + WIDE - 60, y + 55), people_text(cell.people), fill=ink, font=font(24), anchor="lm")


def tiles_alt(t: Texts, overview: Overview, column: int, name: str) -> str:
    """The same in words, for those who do not see the picture."""
    said = [
        t.pair(country_name(t, row), t.plural("{n} practice", "{n} practices", row.cells[column].practices))
        for row in ordered(t, overview)
        if row.cells[column].practices
    ]
    return (t.pair(name, t("practices by country")) + ". " + "; ".join(said or [t("None yet.")]))[:ALT_LIMIT]
