"""The tables of the foundation.

Revision: 0001
Before it:
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "form_request",
        sa.Column("actor_key", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("words_hash", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("actor_key", "request_id", name=op.f("pk_form_request")),
    )
    op.create_table(
        "handbook",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("in-work", "published", name="handbookstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("introduction", sa.JSON(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handbook")),
    )
    op.create_table(
        "municipality",
        sa.Column("name_fi", sa.String(), nullable=False),
        sa.Column("name_sv", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("name_fi", name=op.f("uq_municipality_name_fi")),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "name_shown",
            sa.Enum(
                "organisation", "name", "nobody", name="nameshown", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_table(
        "account",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("person_id", name=op.f("uq_account_person_id")),
    )
    op.create_table(
        "address",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("written", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("unconfirmed", "ok", "dead", name="addressstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_address_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("person_id", "folded", name=op.f("uq_address_person_id_folded")),
    )
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_address_folded"), ["folded"], unique=False)

    op.create_table(
        "file",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("awaiting", sa.Boolean(), nullable=False),
        sa.Column("added_by_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["added_by_id"], ["person.id"], name=op.f("fk_file_added_by_id")),
        sa.ForeignKeyConstraint(["handbook_id"], ["handbook.id"], name=op.f("fk_file_handbook_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_handbook_id"), ["handbook_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column(
            "role",
            sa.Enum("editor", "administrator", name="role", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_membership_handbook_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sa.UniqueConstraint(
            "handbook_id", "person_id", name=op.f("uq_membership_handbook_id_person_id")
        ),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_organisation_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_folded"), ["folded"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_organisation_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "process",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_process_handbook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process")),
        sa.UniqueConstraint("handbook_id", "number", name=op.f("uq_process_handbook_id_number")),
    )
    op.create_table(
        "section",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "chapter",
                "area",
                "activity",
                "story",
                name="sectionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_section_handbook_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["section.id"], name=op.f("fk_section_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "ix_section_tree", ["handbook_id", "parent_id", "position"], unique=False
        )

    op.create_table(
        "trace_head",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_trace_head_handbook_id")
        ),
        sa.PrimaryKeyConstraint("handbook_id", name=op.f("pk_trace_head")),
    )
    op.create_table(
        "trace_row",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "handbook-created",
                "handbook-described",
                "handbook-imported",
                "section-added",
                "section-moved",
                "section-dropped",
                "section-restored",
                "section-related",
                "section-unrelated",
                "revision-made",
                "draft-frozen",
                "draft-corrected",
                "phase-planned",
                "phase-opened",
                "phase-closed",
                "phase-extended",
                "phase-reopened",
                "membership-given",
                "membership-taken",
                "person-invited",
                "person-signed-up",
                "person-confirmed",
                "person-came-in",
                "person-ready",
                "person-not-ready",
                "person-declined",
                "person-passed-on",
                "person-cancelled",
                "address-corrected",
                "person-erased",
                "link-made",
                "link-revoked",
                "contribution-made",
                "contribution-edited",
                "contribution-withdrawn",
                "contribution-admitted",
                "contribution-masked",
                "contribution-placed",
                "contribution-supported",
                "contribution-unsupported",
                "turn-added",
                "question-answered",
                "nothing-said",
                "nothing-unsaid",
                "answer-given",
                "answer-revised",
                "answers-published",
                "approval-given",
                "approval-carried",
                "carry-objected",
                "handbook-published",
                name="act",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_id", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_trace_row_handbook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trace_row")),
        sa.UniqueConstraint(
            "handbook_id", "sequence", name=op.f("uq_trace_row_handbook_id_sequence")
        ),
    )
    with op.batch_alter_table("trace_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trace_row_object_id"), ["object_id"], unique=False)

    op.create_table(
        "affiliation",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_affiliation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_affiliation_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliation")),
        sa.UniqueConstraint(
            "person_id", "organisation_id", name=op.f("uq_affiliation_person_id_organisation_id")
        ),
    )
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_affiliation_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "draft",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("process_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("correction", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("frozen_by_id", sa.String(length=16), nullable=True),
        sa.Column("frozen_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["person.id"], name=op.f("fk_draft_frozen_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_draft_handbook_id")
        ),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_draft_process_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint(
            "handbook_id",
            "number",
            "correction",
            name=op.f("uq_draft_handbook_id_number_correction"),
        ),
    )
    op.create_table(
        "lineage",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("from_section_id", sa.String(length=16), nullable=False),
        sa.Column("to_section_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "split",
                "merged",
                "moved",
                "renamed",
                name="lineagekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_section_id"], ["section.id"], name=op.f("fk_lineage_from_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_lineage_handbook_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_section_id"], ["section.id"], name=op.f("fk_lineage_to_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
    )
    with op.batch_alter_table("lineage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lineage_handbook_id"), ["handbook_id"], unique=False)

    op.create_table(
        "relation",
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("other_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["section.id"], name=op.f("fk_relation_other_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_relation_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relation")),
        sa.UniqueConstraint("section_id", "other_id", name=op.f("uq_relation_section_id_other_id")),
    )
    op.create_table(
        "revision",
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "import",
                "edit",
                "merge",
                "take",
                "undo",
                "correction",
                name="cause",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["revision.id"], name=op.f("fk_revision_parent_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_revision_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint(
            "section_id", "language", "number", name=op.f("uq_revision_section_id_language_number")
        ),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_text_hash"), ["text_hash"], unique=False)

    op.create_table(
        "buffer",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("base_revision_id", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_revision_id"], ["revision.id"], name=op.f("fk_buffer_base_revision_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_buffer_person_id")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_buffer_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buffer")),
        sa.UniqueConstraint(
            "person_id",
            "section_id",
            "language",
            name=op.f("uq_buffer_person_id_section_id_language"),
        ),
    )
    op.create_table(
        "draft_item",
        sa.Column("draft_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_item_draft_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["section.id"], name=op.f("fk_draft_item_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_draft_item_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_draft_item_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_item")),
        sa.UniqueConstraint(
            "draft_id",
            "section_id",
            "language",
            name=op.f("uq_draft_item_draft_id_section_id_language"),
        ),
    )
    with op.batch_alter_table("draft_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_item_section_id"), ["section_id"], unique=False)

    op.create_table(
        "phase",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("process_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "drafting",
                "workshop",
                "round",
                "interviews",
                "approval",
                "publication",
                name="phasekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "open", "closed", name="phasestate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("opens_on", sa.Date(), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("draft_id", sa.String(length=16), nullable=True),
        sa.Column("open_to_all", sa.Boolean(), nullable=False),
        sa.Column(
            "sharing",
            sa.Enum(
                "nobody", "after-own", "everyone", name="sharing", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum("web", "e-mail", name="roundchannel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("responsible_name", sa.String(), nullable=False),
        sa.Column("responsible_phone", sa.String(), nullable=False),
        sa.Column("responsible_email", sa.String(), nullable=False),
        sa.Column("reminder_days", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_phase_draft_id")),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_phase_handbook_id")
        ),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], name=op.f("fk_phase_process_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase")),
        sa.UniqueConstraint("process_id", "key", name=op.f("uq_phase_process_id_key")),
        sa.UniqueConstraint("process_id", "position", name=op.f("uq_phase_process_id_position")),
    )
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_handbook_id"), ["handbook_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("draft_id", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("published_by_id", sa.String(length=16), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_publication_draft_id")),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_publication_handbook_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_publication_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_publication_handbook_id"), ["handbook_id"], unique=False
        )

    op.create_table(
        "section_text",
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("working_revision_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_text_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["working_revision_id"],
            ["revision.id"],
            name=op.f("fk_section_text_working_revision_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_text")),
        sa.UniqueConstraint(
            "section_id", "language", name=op.f("uq_section_text_section_id_language")
        ),
    )
    op.create_table(
        "convener",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_convener_organisation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_convener_phase_id")),
        sa.PrimaryKeyConstraint("phase_id", "organisation_id", name=op.f("pk_convener")),
    )
    op.create_table(
        "invitation",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("address_id", sa.String(length=16), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "unconfirmed",
                "prepared",
                "invited",
                "came-in",
                "ready",
                "declined",
                "passed-on",
                "cancelled",
                name="invitationstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "invited",
                "signed-up",
                "passed-on",
                "recorded",
                name="origin",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("passed_from_id", sa.String(length=16), nullable=True),
        sa.Column("invited_at", UtcDateTime(), nullable=True),
        sa.Column("came_in_at", UtcDateTime(), nullable=True),
        sa.Column("ready_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_invitation_address_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_invitation_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["passed_from_id"], ["invitation.id"], name=op.f("fk_invitation_passed_from_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_invitation_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("phase_id", "person_id", name=op.f("uq_invitation_phase_id_person_id")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_invitation_phase_state", ["phase_id", "state"], unique=False)

    op.create_table(
        "message",
        sa.Column(
            "kind",
            sa.Enum(
                "sign-in",
                "invitation",
                "confirmation",
                "new-link",
                "receipt",
                "reminder",
                "answers",
                "approval-request",
                "approval-receipt",
                "approval-carried",
                "approval-lapsed",
                "passed-on",
                "extended",
                name="messagekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("address_id", sa.String(length=16), nullable=False),
        sa.Column("handbook_id", sa.String(length=16), nullable=True),
        sa.Column("phase_id", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "deferred",
                "failed",
                "cancelled",
                name="messagestate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_message_address_id")),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_message_handbook_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_message_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_message_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("event", name=op.f("uq_message_event")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_due", ["state", "not_before"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_handbook_id"), ["handbook_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "phase_change",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column(
            "move",
            sa.Enum(
                "plan",
                "open",
                "extend",
                "close",
                "reopen",
                name="phasemove",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_phase_change_person_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_phase_change_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_change")),
    )
    with op.batch_alter_table("phase_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phase_change_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "phase_section",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_phase_section_phase_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_phase_section_section_id")
        ),
        sa.PrimaryKeyConstraint("phase_id", "section_id", name=op.f("pk_phase_section")),
    )
    op.create_table(
        "question",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("free", "choice", "scale", name="questionkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "scope",
            sa.Enum("section", "whole", name="questionscope", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_question_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("phase_id", "position", name=op.f("uq_question_phase_id_position")),
    )
    op.create_table(
        "assignment",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_assignment_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_assignment_organisation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_assignment_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "phase_id", "organisation_id", name=op.f("uq_assignment_phase_id_organisation_id")
        ),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assignment_invitation_id"), ["invitation_id"], unique=False
        )

    op.create_table(
        "choice",
        sa.Column("question_id", sa.String(length=16), nullable=False),
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("option", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_choice_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_choice_question_id")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_choice_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
    )
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_choice_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(
            "ix_choice_question_section", ["question_id", "section_id"], unique=False
        )

    op.create_table(
        "contribution",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "comment",
                "suggestion",
                "example",
                "question-answer",
                "proposal",
                "feature",
                "interview-note",
                name="contributionkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "e-mail",
                "workshop",
                "interview",
                "phone",
                "paper",
                "import",
                name="channel",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "late",
                "received",
                "withdrawn",
                name="contributionstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("recorded_by_id", sa.String(length=16), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("revision_id", sa.String(length=16), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("prefix", sa.String(), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("replacement", sa.String(), nullable=True),
        sa.Column("target_group", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("publish_consent", sa.Boolean(), nullable=False),
        sa.Column("question_id", sa.String(length=16), nullable=True),
        sa.Column(
            "name_shown",
            sa.Enum(
                "organisation", "name", "nobody", name="nameshown", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column(
            "sharing",
            sa.Enum(
                "nobody", "after-own", "everyone", name="sharing", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("masked_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_contribution_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_contribution_handbook_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_contribution_organisation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_contribution_phase_id")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_contribution_question_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_contribution_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_contribution_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_contribution_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
        sa.UniqueConstraint(
            "handbook_id", "number", name=op.f("uq_contribution_handbook_id_number")
        ),
    )
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contribution_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_contribution_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "ix_contribution_phase_author", ["phase_id", "author_id"], unique=False
        )
        batch_op.create_index(
            "ix_contribution_section_state", ["section_id", "state"], unique=False
        )

    op.create_table(
        "link",
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "participate",
                "approve",
                "sign-in",
                "confirm",
                name="purpose",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("phase_id", sa.String(length=16), nullable=True),
        sa.Column("invitation_id", sa.String(length=16), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_link_invitation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_link_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_link_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "nothing_to_say",
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_nothing_to_say_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_nothing_to_say_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nothing_to_say")),
        sa.UniqueConstraint(
            "invitation_id", "section_id", name=op.f("uq_nothing_to_say_invitation_id_section_id")
        ),
    )
    with op.batch_alter_table("nothing_to_say", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nothing_to_say_section_id"), ["section_id"], unique=False
        )

    op.create_table(
        "answer",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "taken",
                "taken-in-part",
                "taken-in-other-words",
                "already-in-the-text",
                "not-taken",
                "outside-this-handbook",
                "handled-together-with",
                "deferred",
                "moved-to-another-section",
                "noted",
                name="answerkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("together_with_id", sa.String(length=16), nullable=True),
        sa.Column("deferred_phase_id", sa.String(length=16), nullable=True),
        sa.Column("moved_section_id", sa.String(length=16), nullable=True),
        sa.Column("place_revision_id", sa.String(length=16), nullable=True),
        sa.Column("place_start", sa.Integer(), nullable=True),
        sa.Column("place_end", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("draft", "published", name="answerstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", sa.String(length=16), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("published_draft_id", sa.String(length=16), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_answer_answered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_answer_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["deferred_phase_id"], ["phase.id"], name=op.f("fk_answer_deferred_phase_id")
        ),
        sa.ForeignKeyConstraint(
            ["moved_section_id"], ["section.id"], name=op.f("fk_answer_moved_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_revision_id"], ["revision.id"], name=op.f("fk_answer_place_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_draft_id"], ["draft.id"], name=op.f("fk_answer_published_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["together_with_id"], ["contribution.id"], name=op.f("fk_answer_together_with_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_answer_contribution_id")),
    )
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index("ix_answer_state", ["state"], unique=False)

    op.create_table(
        "approval",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "approved",
                "approved-with-comments",
                "changes-requested",
                "no-position",
                "nothing-to-say",
                name="decision",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "capacity",
            sa.Enum(
                "own-expert-view",
                "working-group",
                "board",
                name="capacity",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("capacity_detail", sa.String(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("contribution_id", sa.String(length=16), nullable=True),
        sa.Column("link_id", sa.String(length=16), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_approval_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_approval_invitation_id")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_approval_link_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_approval_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_approval_person_id")),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_approval_phase_id")),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_approval_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_approval_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(
            "ix_approval_invitation", ["invitation_id", "section_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_approval_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_approval_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_approval_phase_section", ["phase_id", "section_id"], unique=False)

    op.create_table(
        "assignment_section",
        sa.Column("assignment_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_assignment_section_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_assignment_section_section_id")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "section_id", name=op.f("pk_assignment_section")),
    )
    op.create_table(
        "attachment",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_attachment_contribution_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_attachment_file_id")),
        sa.PrimaryKeyConstraint("contribution_id", "file_id", name=op.f("pk_attachment")),
    )
    op.create_table(
        "contribution_section",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_contribution_section_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_contribution_section_section_id")
        ),
        sa.PrimaryKeyConstraint(
            "contribution_id", "section_id", name=op.f("pk_contribution_section")
        ),
    )
    with op.batch_alter_table("contribution_section", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contribution_section_section_id"), ["section_id"], unique=False
        )

    op.create_table(
        "contribution_version",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_contribution_version_contribution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_version")),
        sa.UniqueConstraint(
            "contribution_id",
            "version",
            name=op.f("uq_contribution_version_contribution_id_version"),
        ),
    )
    op.create_table(
        "placement",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("placed_by_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_placement_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["placed_by_id"], ["person.id"], name=op.f("fk_placement_placed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_placement_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_placement_contribution_id"), ["contribution_id"], unique=False
        )

    op.create_table(
        "revision_contribution",
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_revision_contribution_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_contribution_revision_id")
        ),
        sa.PrimaryKeyConstraint(
            "revision_id", "contribution_id", name=op.f("pk_revision_contribution")
        ),
    )
    with op.batch_alter_table("revision_contribution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_contribution_contribution_id"),
            ["contribution_id"],
            unique=False,
        )

    op.create_table(
        "revision_hunk",
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("old_start", sa.Integer(), nullable=False),
        sa.Column("old_end", sa.Integer(), nullable=False),
        sa.Column("new_start", sa.Integer(), nullable=False),
        sa.Column("new_end", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_revision_hunk_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_hunk_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_hunk")),
    )
    with op.batch_alter_table("revision_hunk", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_revision_hunk_contribution_id"), ["contribution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_revision_hunk_revision_id"), ["revision_id"], unique=False
        )

    op.create_table(
        "support",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=True),
        sa.Column("for_organisation", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_support_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_support_organisation_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support")),
        sa.UniqueConstraint(
            "contribution_id", "person_id", name=op.f("uq_support_contribution_id_person_id")
        ),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_person_id"), ["person_id"], unique=False)

    op.create_table(
        "turn",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("author_id", sa.String(length=16), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum(
                "participants",
                "author",
                "editors",
                name="turnvisibility",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_turn_author_id")),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_turn_contribution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_turn_contribution_id"), ["contribution_id"], unique=False
        )

    op.create_table(
        "answer_version",
        sa.Column("answer_id", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "taken",
                "taken-in-part",
                "taken-in-other-words",
                "already-in-the-text",
                "not-taken",
                "outside-this-handbook",
                "handled-together-with",
                "deferred",
                "moved-to-another-section",
                "noted",
                name="answerkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_by_id", sa.String(length=16), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_version_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_answer_version_answered_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_version")),
    )
    with op.batch_alter_table("answer_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_answer_version_answer_id"), ["answer_id"], unique=False
        )

    op.create_table(
        "carry",
        sa.Column("approval_id", sa.String(length=16), nullable=False),
        sa.Column("from_hash", sa.String(), nullable=False),
        sa.Column("to_hash", sa.String(), nullable=False),
        sa.Column("to_revision_id", sa.String(length=16), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("carried_by_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("objected_at", UtcDateTime(), nullable=True),
        sa.Column("objection", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_carry_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["carried_by_id"], ["person.id"], name=op.f("fk_carry_carried_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_revision_id"], ["revision.id"], name=op.f("fk_carry_to_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carry")),
    )
    with op.batch_alter_table("carry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_carry_approval_id"), ["approval_id"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("answer_id", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hunk",
                "paragraph",
                "section",
                "structure",
                name="evidencekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("from_revision_id", sa.String(length=16), nullable=True),
        sa.Column("to_revision_id", sa.String(length=16), nullable=True),
        sa.Column("old_start", sa.Integer(), nullable=False),
        sa.Column("old_end", sa.Integer(), nullable=False),
        sa.Column("new_start", sa.Integer(), nullable=False),
        sa.Column("new_end", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answer.id"], name=op.f("fk_evidence_answer_id")),
        sa.ForeignKeyConstraint(
            ["from_revision_id"], ["revision.id"], name=op.f("fk_evidence_from_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_evidence_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_revision_id"], ["revision.id"], name=op.f("fk_evidence_to_revision_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_answer_id"), ["answer_id"], unique=False)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_answer_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("carry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carry_approval_id"))

    op.drop_table("carry")
    with op.batch_alter_table("answer_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_version_answer_id"))

    op.drop_table("answer_version")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_contribution_id"))

    op.drop_table("turn")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_person_id"))

    op.drop_table("support")
    with op.batch_alter_table("revision_hunk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_hunk_revision_id"))
        batch_op.drop_index(batch_op.f("ix_revision_hunk_contribution_id"))

    op.drop_table("revision_hunk")
    with op.batch_alter_table("revision_contribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_contribution_contribution_id"))

    op.drop_table("revision_contribution")
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placement_contribution_id"))

    op.drop_table("placement")
    op.drop_table("contribution_version")
    with op.batch_alter_table("contribution_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_section_section_id"))

    op.drop_table("contribution_section")
    op.drop_table("attachment")
    op.drop_table("assignment_section")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index("ix_approval_phase_section")
        batch_op.drop_index(batch_op.f("ix_approval_person_id"))
        batch_op.drop_index(batch_op.f("ix_approval_organisation_id"))
        batch_op.drop_index("ix_approval_invitation")

    op.drop_table("approval")
    with op.batch_alter_table("answer", schema=None) as batch_op:
        batch_op.drop_index("ix_answer_state")
        batch_op.drop_index(batch_op.f("ix_answer_batch_id"))

    op.drop_table("answer")
    with op.batch_alter_table("nothing_to_say", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nothing_to_say_section_id"))

    op.drop_table("nothing_to_say")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_phase_id"))
        batch_op.drop_index(batch_op.f("ix_link_person_id"))
        batch_op.drop_index(batch_op.f("ix_link_invitation_id"))

    op.drop_table("link")
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_index("ix_contribution_section_state")
        batch_op.drop_index("ix_contribution_phase_author")
        batch_op.drop_index(batch_op.f("ix_contribution_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_contribution_author_id"))

    op.drop_table("contribution")
    with op.batch_alter_table("choice", schema=None) as batch_op:
        batch_op.drop_index("ix_choice_question_section")
        batch_op.drop_index(batch_op.f("ix_choice_invitation_id"))

    op.drop_table("choice")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_invitation_id"))

    op.drop_table("assignment")
    op.drop_table("question")
    op.drop_table("phase_section")
    with op.batch_alter_table("phase_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_change_phase_id"))

    op.drop_table("phase_change")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_phase_id"))
        batch_op.drop_index(batch_op.f("ix_message_person_id"))
        batch_op.drop_index(batch_op.f("ix_message_handbook_id"))
        batch_op.drop_index("ix_message_due")

    op.drop_table("message")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index("ix_invitation_phase_state")
        batch_op.drop_index(batch_op.f("ix_invitation_person_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_organisation_id"))

    op.drop_table("invitation")
    op.drop_table("convener")
    op.drop_table("section_text")
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publication_handbook_id"))

    op.drop_table("publication")
    with op.batch_alter_table("phase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phase_handbook_id"))

    op.drop_table("phase")
    with op.batch_alter_table("draft_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_item_section_id"))

    op.drop_table("draft_item")
    op.drop_table("buffer")
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revision_text_hash"))

    op.drop_table("revision")
    op.drop_table("relation")
    with op.batch_alter_table("lineage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lineage_handbook_id"))

    op.drop_table("lineage")
    op.drop_table("draft")
    with op.batch_alter_table("affiliation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_affiliation_organisation_id"))

    op.drop_table("affiliation")
    with op.batch_alter_table("trace_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trace_row_object_id"))

    op.drop_table("trace_row")
    op.drop_table("trace_head")
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index("ix_section_tree")
        batch_op.drop_index(batch_op.f("ix_section_parent_id"))

    op.drop_table("section")
    op.drop_table("process")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_municipality_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_folded"))

    op.drop_table("organisation")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_handbook_id"))

    op.drop_table("file")
    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_address_folded"))

    op.drop_table("address")
    op.drop_table("account")
    op.drop_table("person")
    op.drop_table("municipality")
    op.drop_table("handbook")
    op.drop_table("form_request")
    op.drop_table("blob")
