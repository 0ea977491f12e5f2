"""One thing to press, choose, send or ask for, and who may."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

VISITOR, MEMBER = "visitor", "member"
ALL = frozenset((VISITOR, MEMBER))
MEMBERS = frozenset([MEMBER])
NOBODY: frozenset[str] = frozenset()
# Ids that nothing has: what another community's thing must look like.
NEVER = {
    "report": "987654",
    "member": "987654",
    "webinar": "987654",
    "material": "987654",
    "practice": "nothing-at-all-ffffffff",
    "draft": "ffffffff",
    "token": "ffffffff",
    "community": "987654",
    "key": "t" + "f" * 16,
    "thing": "member:987654",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to press, choose, send or ask for, named as it is in the first community.

    Attributes:
        values: what fills the places of its custom_id, or the options of a command.
        options: what is chosen in a menu.
        typed: what is typed into a form.
        never: in place of some values, what nothing was ever called; the rest of it is in NEVER.
        open_to: who of the first community may do something with it; all others are refused.
        own: whether it is about nothing of the first community, so that it works anywhere.
        shows: words that those it is open to may read here, though not in general.
        changes: whether those it is open to may change what is remembered.
    """

    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    options: Sequence[str] = ()
    typed: Mapping[str, str | list[str]] = field(default_factory=dict[str, "str | list[str]"])
    never: Mapping[str, Any] = field(default_factory=dict[str, Any])
    never_options: Sequence[str] = ()
    open_to: frozenset[str] = NOBODY
    own: bool = False
    shows: tuple[str, ...] = ()
    changes: bool = False


def own(**values: Any) -> Case:
    """Something about nobody's things: open to all, everywhere."""
    return Case(values, open_to=ALL, own=True)


def thing(values: Mapping[str, Any], name: str, open_to: frozenset[str]) -> Case:
    """One choice of a menu that lists results, named as `member:1`."""
    return Case(values, [name], never_options=[name.partition(":")[0] + ":987654"], open_to=open_to)
