"""The tables that the first release begins with.

There is no downgrade: the way back is the backup that was made before.
"""

import sqlalchemy as sa
from alembic import op

from data.migrations import columns

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "audit_entry",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("at", columns.INSTANT, nullable=False),
        sa.Column("actor_id", columns.INTEGER, nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("details", columns.DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_entry_community_id_at"), "audit_entry", ["community_id", "at"])
    op.create_table(
        "change",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "community",
        sa.Column("id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("languages", columns.DOCUMENT, nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("reminder_offsets", columns.DOCUMENT, nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("set_up_at", columns.INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    op.create_table(
        "kept_value",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_value")),
    )
    op.create_table(
        "key_area",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", columns.INTEGER, nullable=False),
        sa.Column("name", columns.DOCUMENT, nullable=False),
        sa.Column("description", columns.DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_area")),
    )
    op.create_table(
        "network_fact",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("position", columns.INTEGER, nullable=False),
        sa.Column("title", columns.DOCUMENT, nullable=False),
        sa.Column("body", columns.DOCUMENT, nullable=False),
        sa.Column("details", columns.DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_network_fact")),
    )
    op.create_table(
        "network_member",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("presented_good_practice", sa.Boolean(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("subregion", sa.Text(), nullable=False),
        sa.Column("intermediate_region", sa.Text(), nullable=True),
        sa.Column("languages", columns.DOCUMENT, nullable=False),
        sa.Column("zones", columns.DOCUMENT, nullable=False),
        sa.Column("main_zones", columns.INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network_member")),
        sa.UniqueConstraint("country", name=op.f("uq_network_member_country")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("details", columns.DOCUMENT, nullable=False),
        sa.Column("due_at", columns.INSTANT, nullable=False),
        sa.Column("expires_at", columns.INSTANT, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", columns.INTEGER, nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", columns.INSTANT, nullable=True),
        sa.Column("lease_token", sa.Text(), nullable=True),
        sa.Column("sending_at", columns.INSTANT, nullable=True),
        sa.Column("channel_id", columns.INTEGER, nullable=True),
        sa.Column("message_id", columns.INTEGER, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("planned_at", columns.INSTANT, nullable=False),
        sa.Column("finished_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_delivery_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "subject",
            "kind",
            "occurrence",
            "target",
            "community_id",
            name=op.f("uq_delivery_subject_kind_occurrence_target_community_id"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_delivery_state_due_at"), "delivery", ["state", "due_at"])
    op.create_table(
        "draft",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("data", columns.DOCUMENT, nullable=False),
        sa.Column("updated_at", columns.INSTANT, nullable=False),
        sa.Column("expires_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_draft_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "community_id", "user_id", "kind", "subject", name=op.f("uq_draft_community_id_user_id_kind_subject")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_draft_expires_at"), "draft", ["expires_at"])
    op.create_table(
        "member",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("organisation_kind", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("languages", columns.DOCUMENT, nullable=False),
        sa.Column("offers", sa.Text(), nullable=False),
        sa.Column("seeks", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("submitted_at", columns.INSTANT, nullable=False),
        sa.Column("decided_at", columns.INSTANT, nullable=True),
        sa.Column("decided_by", columns.INTEGER, nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("left_at", columns.INSTANT, nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_member_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("community_id", "user_id", name=op.f("uq_member_community_id_user_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_member_community_id_country"), "member", ["community_id", "country"])
    op.create_index(op.f("ix_member_community_id_state"), "member", ["community_id", "state"])
    op.create_table(
        "place",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("discord_id", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_place_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "purpose", name=op.f("pk_place")),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("author_id", columns.INTEGER, nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", columns.DOCUMENT, nullable=False),
        sa.Column("summary", columns.DOCUMENT, nullable=False),
        sa.Column("institution", columns.DOCUMENT, nullable=True),
        sa.Column("note", columns.DOCUMENT, nullable=True),
        sa.Column("source", columns.DOCUMENT, nullable=True),
        sa.Column("sections", columns.DOCUMENT, nullable=False),
        sa.Column("contact_shown", sa.Boolean(), nullable=False),
        sa.Column("submitted_at", columns.INSTANT, nullable=True),
        sa.Column("decided_at", columns.INSTANT, nullable=True),
        sa.Column("decided_by", columns.INTEGER, nullable=True),
        sa.Column("decision_comment", sa.Text(), nullable=True),
        sa.Column("published_at", columns.INSTANT, nullable=True),
        sa.Column("thread_id", columns.INTEGER, nullable=True),
        sa.Column("withdrawn_at", columns.INSTANT, nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_practice_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_index(op.f("ix_practice_community_id_author_id"), "practice", ["community_id", "author_id"])
    op.create_index(op.f("ix_practice_community_id_state"), "practice", ["community_id", "state"])
    op.create_table(
        "preference",
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_preference_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community_id", "user_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_language", sa.Text(), nullable=False),
        sa.Column("title_gloss", columns.DOCUMENT, nullable=False),
        sa.Column("scope", columns.DOCUMENT, nullable=True),
        sa.Column("summary", columns.DOCUMENT, nullable=False),
        sa.Column("publishers", columns.DOCUMENT, nullable=False),
        sa.Column("year", columns.INTEGER, nullable=True),
        sa.Column("languages", columns.DOCUMENT, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_kind", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("retired_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_resource_community_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_table(
        "webinar",
        sa.Column("id", columns.INTEGER, nullable=False),
        sa.Column("community_id", columns.INTEGER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("wall_time", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("starts_at", columns.INSTANT, nullable=False),
        sa.Column("minutes", columns.INTEGER, nullable=False),
        sa.Column("key_area", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("reminder_offsets", columns.DOCUMENT, nullable=True),
        sa.Column("created_by", columns.INTEGER, nullable=False),
        sa.Column("created_at", columns.INSTANT, nullable=False),
        sa.Column("cancelled_at", columns.INSTANT, nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("announcement_channel_id", columns.INTEGER, nullable=True),
        sa.Column("announcement_id", columns.INTEGER, nullable=True),
        sa.Column("event_id", columns.INTEGER, nullable=True),
        sa.Column("version", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_webinar_community_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["key_area"], ["key_area.id"], name=op.f("fk_webinar_key_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webinar")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_webinar_community_id_state_starts_at"), "webinar", ["community_id", "state", "starts_at"])
    op.create_table(
        "consent",
        sa.Column("member_id", columns.INTEGER, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("notice_version", sa.Text(), nullable=False),
        sa.Column("given_at", columns.INSTANT, nullable=False),
        sa.Column("withdrawn_at", columns.INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_consent_member_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member_id", "purpose", name=op.f("pk_consent")),
    )
    op.create_table(
        "member_key_area",
        sa.Column("member_id", columns.INTEGER, nullable=False),
        sa.Column("key_area", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["key_area"], ["key_area.id"], name=op.f("fk_member_key_area_key_area")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_member_key_area_member_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member_id", "key_area", name=op.f("pk_member_key_area")),
    )
    op.create_index(op.f("ix_member_key_area_key_area"), "member_key_area", ["key_area"])
    op.create_table(
        "practice_key_area",
        sa.Column("practice_id", sa.Text(), nullable=False),
        sa.Column("key_area", sa.Text(), nullable=False),
        sa.Column("position", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(["key_area"], ["key_area.id"], name=op.f("fk_practice_key_area_key_area")),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_key_area_practice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("practice_id", "key_area", name=op.f("pk_practice_key_area")),
    )
    op.create_index(op.f("ix_practice_key_area_key_area"), "practice_key_area", ["key_area"])
    op.create_table(
        "resource_key_area",
        sa.Column("resource_id", sa.Text(), nullable=False),
        sa.Column("key_area", sa.Text(), nullable=False),
        sa.Column("position", columns.INTEGER, nullable=False),
        sa.ForeignKeyConstraint(["key_area"], ["key_area.id"], name=op.f("fk_resource_key_area_key_area")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_key_area_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", "key_area", name=op.f("pk_resource_key_area")),
    )
    op.create_index(op.f("ix_resource_key_area_key_area"), "resource_key_area", ["key_area"])
    op.create_table(
        "rsvp",
        sa.Column("webinar_id", columns.INTEGER, nullable=False),
        sa.Column("user_id", columns.INTEGER, autoincrement=False, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", columns.INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["webinar_id"], ["webinar.id"], name=op.f("fk_rsvp_webinar_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("webinar_id", "user_id", name=op.f("pk_rsvp")),
    )
    op.create_index(op.f("ix_rsvp_user_id"), "rsvp", ["user_id"])
