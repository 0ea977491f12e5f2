"""Messages that must go out once: planned with their cause, claimed by one worker, and kept as proof.

A row goes `pending` -> `sending` -> `sent`, or ends as `skipped` or `failed`. Whoever works on a row holds a lease with
a token that changes with every claim; each step asks for the token, so that a worker that was away for longer than its
lease cannot overwrite what its successor did. All of it holds with several processes on PostgreSQL: every change is one
UPDATE that names the state it expects.
"""

from data.deliveries.forgetting import end_all, take_names, take_names_of
from data.deliveries.planning import (
    cancel_pending,
    expire_overdue,
    get_delivery,
    list_for_subject,
    plan,
    plan_many,
    read_some,
)
from data.deliveries.rows import FAILED, PENDING, SENDING, SENT, SKIPPED, Delivery
from data.deliveries.sending import (
    begin_sending,
    claim_due,
    claim_interrupted,
    hold,
    keep_sending,
    mark_failed,
    mark_sent,
    mark_skipped,
    next_due,
    release,
    renew,
)

__all__ = [
    "FAILED",
    "PENDING",
    "SENDING",
    "SENT",
    "SKIPPED",
    "Delivery",
    "begin_sending",
    "cancel_pending",
    "claim_due",
    "claim_interrupted",
    "end_all",
    "expire_overdue",
    "get_delivery",
    "hold",
    "keep_sending",
    "list_for_subject",
    "mark_failed",
    "mark_sent",
    "mark_skipped",
    "next_due",
    "plan",
    "plan_many",
    "read_some",
    "release",
    "renew",
    "take_names",
    "take_names_of",
]
