"""People who asked to be members, or are: what they say of themselves, and what was decided."""

from data.members.changing import decide, mark_left, mark_returned, submit_member, update_profile
from data.members.documents import member_documents
from data.members.reading import (
    count_pending,
    get_by_user,
    get_member,
    list_pending,
    members_of_key_area,
    members_with_trouble,
    users_present,
)
from data.members.rows import (
    APPROVED,
    DECLINED,
    DIRECTORY,
    LEFT,
    MATCHING,
    PENDING,
    PURPOSES,
    TRANSLATION,
    Member,
    Profile,
)

__all__ = [
    "APPROVED",
    "DECLINED",
    "DIRECTORY",
    "LEFT",
    "MATCHING",
    "PENDING",
    "PURPOSES",
    "TRANSLATION",
    "Member",
    "Profile",
    "count_pending",
    "decide",
    "get_by_user",
    "get_member",
    "list_pending",
    "mark_left",
    "mark_returned",
    "member_documents",
    "members_of_key_area",
    "members_with_trouble",
    "submit_member",
    "update_profile",
    "users_present",
]
