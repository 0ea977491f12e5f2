"""What follows a webinar: how long people can say that they were there, and what goes out once it is over."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from data.models import WebinarRow
from data.webinars.planning import plan_delivery
from data.webinars.records import QUEUE, SCHEDULED, Webinar, read_webinars, webinars_of

# Kinds of deliveries.
AFTER = "webinar.after"
MATERIAL = "webinar.material"
MATERIAL_MARK = "webinar.material.mark"
RECAP = "webinar.recap"
RECAP_MARK = "webinar.recap.mark"
SURVEY_END = "webinar.survey.end"
# Their target: the thread under the announcement.
THREAD = "thread"

# So long members find what is over in lists.
REMEMBERED = timedelta(days=365)
# A webinar runs over now and then.
AFTER_PAUSE = timedelta(minutes=15)
ATTENDANCE_SPAN = timedelta(hours=48)
SURVEY_SPAN = timedelta(days=14)


def can_say_there(webinar: Webinar, now: datetime) -> bool:
    """Whether people can say that they were there: from the start until 48 hours after the end."""
    return not webinar.cancelled and webinar.starts_at <= now < webinar.ends_at + ATTENDANCE_SPAN


def survey_is_open(webinar: Webinar, now: datetime) -> bool:
    """Whether the survey takes answers: from the end, for two weeks."""
    return not webinar.cancelled and webinar.ends_at <= now < webinar.ends_at + SURVEY_SPAN


async def plan_after(session: AsyncSession, webinar: Webinar, now: datetime) -> None:
    """Plan what follows a webinar; planned again after it was moved, it moves along.

    Args:
        session: a write transaction.
        webinar: as it is published now.
        now: the time (UTC).
    """
    span = {"due_at": webinar.ends_at + AFTER_PAUSE, "expires_at": webinar.ends_at + ATTENDANCE_SPAN}
    await plan_delivery(session, webinar, AFTER, THREAD, now, **span)
    await plan_delivery(session, webinar, SURVEY_END, QUEUE, now, due_at=webinar.ends_at + SURVEY_SPAN)


async def past(
    session: AsyncSession, community_id: int, *, now: datetime, key_area: str | None = None
) -> list[Webinar]:
    """The webinars of the last twelve months that took place, the latest first, of one key area if given."""
    query = webinars_of(community_id).where(
        WebinarRow.state == SCHEDULED, WebinarRow.starts_at <= now, WebinarRow.starts_at > now - REMEMBERED
    )
    found = await read_webinars(session, query.order_by(WebinarRow.starts_at.desc(), WebinarRow.id.desc()))
    return [one for one in found if one.ends_at <= now and key_area in (None, *one.key_areas)]
