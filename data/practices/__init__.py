"""Practices: what worked somewhere, reviewed before others read it.

A member's practice goes `in_review` -> `approved` -> `published`; or `returned`, and from there in review again; or,
from any of them, `withdrawn`. Two reviewers approve it, one of them from another country than its author's, as far as
there are such (see `Needs`). `approved` lasts as long as the post to the forum takes, or until somebody puts right why
it failed. Each step is one UPDATE that names the state and version it expects, so that of two people one is first.
"""

from data.practices.approving import Approval, Needs, approvals_of, last_approvals, needs_of
from data.practices.reading import (
    already_sent,
    by_key_area,
    find,
    get_visible,
    list_mine,
    list_waiting,
    practices_by_country_and_area,
    titles,
)
from data.practices.reviewing import (
    approve,
    is_under_way,
    mark_published,
    publish_again,
    refresh_cards,
    refresh_post,
    send_back,
    withdraw,
)
from data.practices.rows import (
    APPROVED,
    BROCHURE,
    IN_REVIEW,
    MERGED,
    PUBLISHED,
    RETURNED,
    WITHDRAWN,
    Content,
    Contest,
    Practice,
    Title,
    new_id,
    subject_of,
)
from data.practices.sharing import DRAFT, submit

__all__ = [
    "APPROVED",
    "BROCHURE",
    "DRAFT",
    "IN_REVIEW",
    "MERGED",
    "PUBLISHED",
    "RETURNED",
    "WITHDRAWN",
    "Approval",
    "Content",
    "Contest",
    "Needs",
    "Practice",
    "Title",
    "already_sent",
    "approvals_of",
    "approve",
    "by_key_area",
    "find",
    "get_visible",
    "is_under_way",
    "last_approvals",
    "list_mine",
    "list_waiting",
    "mark_published",
    "needs_of",
    "new_id",
    "practices_by_country_and_area",
    "publish_again",
    "refresh_cards",
    "refresh_post",
    "send_back",
    "subject_of",
    "submit",
    "titles",
    "withdraw",
]
