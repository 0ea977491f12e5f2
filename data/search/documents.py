"""What can be found: one document for each resource, practice, member and so on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.search.text import UNKNOWN


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found.

    Texts are maps from a language (`en`, `fr`, `es`, `pt`, or `text.UNKNOWN` where it is not known) to the text.

    Attributes:
        kind: `resource`, `practice`, `network_member`, `key_area`, ...: what the filter `kinds` takes.
        id: the slug, unique within the kind.
        community_id: whose it is: only that community finds it. None where every community has it.
        hidden_from: the communities that do not find it all the same.
        titles: what it is called; the words that count most.
        body: what it says.
        labels: words that classify it (publisher, kind of document, names of its country): they count least.
        published_title: shown whatever the reader's language is, where a thing has one title only, as a publication.
        key_areas: ids of key areas, the main one first.
        country: ISO 3166-1 alpha-2, or None.
        languages: the languages in which it can be read.
        year: when it was published, or None.
    """

    kind: str
    id: str
    community_id: int | None
    titles: Mapping[str, str]
    body: Mapping[str, str] = field(default_factory=dict[str, str])
    labels: Mapping[str, str] = field(default_factory=dict[str, str])
    published_title: str | None = None
    key_areas: tuple[str, ...] = ()
    country: str | None = None
    languages: tuple[str, ...] = ()
    year: int | None = None
    hidden_from: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """What identifies the document among all."""
        return f"{self.kind}:{self.id}"

    def title(self, language: str) -> str:
        """The title to show to a reader of that language."""
        return self.published_title or title_in(self.titles, language)


def title_in(titles: Mapping[str, str], language: str) -> str:
    """Choose from a map of languages: the reader's, else English, else any, in a fixed order."""
    for each in (language, "en", UNKNOWN, *sorted(titles)):
        if titles.get(each):
            return titles[each]
    return ""
