"""What has to be seen in the server, worked out without the bot: a few rules about what falls due and when."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

LENGTH = timedelta(hours=1)
# The last reminder is of use until the webinar is half over.
OF_USE = LENGTH / 2


@dataclass(slots=True)
class Webinar:
    """A webinar as it was published, last.

    Attributes:
        id: in the database.
        title: unlike any other.
        starts: when it begins.
        offsets: how long before the start there are reminders.
        planned: since when the reminders are those of this start: what would have been due before is not made up for.
        going: who said that they come.
    """

    id: int
    title: str
    starts: datetime
    offsets: tuple[timedelta, ...]
    planned: datetime
    version: int = 1
    cancelled: bool = False
    going: set[str] = field(default_factory=set[str])

    def due(self, after: datetime, until: datetime) -> list[datetime]:
        """When its reminders fall due, from just after one moment to another."""
        if self.cancelled:
            return []
        dues = sorted(self.starts - offset for offset in self.offsets)
        return [due for due in dues if max(after, self.planned) < due <= until]

    def is_over(self, now: datetime) -> bool:
        return self.starts + LENGTH <= now


@dataclass(slots=True)
class Model:
    """All that is due.

    Attributes:
        webinars: those there are.
        seen: how often each thing has to be there: (title, what it is), or (title, who was told).
    """

    webinars: list[Webinar] = field(default_factory=list[Webinar])
    seen: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def published(self, webinar: Webinar) -> None:
        self.webinars.append(webinar)
        self.seen[webinar.title, "announcement"] += 1

    def moved(self, webinar: Webinar, starts: datetime, now: datetime) -> None:
        webinar.starts, webinar.planned, webinar.version = starts, now, webinar.version + 1
        self._told(webinar, "moved")

    def cancelled(self, webinar: Webinar) -> None:
        webinar.cancelled = True
        self._told(webinar, "cancelled")

    def _told(self, webinar: Webinar, what: str) -> None:
        self.seen[webinar.title, what] += 1
        for person in webinar.going:
            self.seen[webinar.title, person] += 1

    def passed(self, since: datetime, now: datetime) -> None:
        """The bot was there all the time: each reminder at its hour."""
        for webinar in self.webinars:
            self.seen[webinar.title, "reminder"] += len(webinar.due(since, now))

    def missed(self, since: datetime, now: datetime) -> None:
        """The bot was away, and is back: of several reminders the last, if it is still of use."""
        for webinar in self.webinars:
            if webinar.due(since, now) and now <= webinar.starts + OF_USE:
                self.seen[webinar.title, "reminder"] += 1

    def next_due(self, now: datetime) -> datetime | None:
        """When the next reminder of all falls due."""
        return min(
            (due for one in self.webinars for due in one.due(now, datetime.max.replace(tzinfo=now.tzinfo))),
            default=None,
        )

    def events(self, now: datetime) -> set[tuple[str, datetime]]:
        """The server's events that are ahead."""
        return {(one.title, one.starts) for one in self.webinars if not one.cancelled and one.starts > now}
