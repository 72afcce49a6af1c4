"""The tables of the app; the host's models are foreign keys fixed at the first migrate."""

import uuid

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from scim_provisioning import conf
from scim_provisioning.hosts import creating_migration
from scim_provisioning.models.boundaries import SameWorkspace, reaches_host, within_host
from scim_provisioning.models.decoding import QuickDecoder
from scim_provisioning.models.indexes import TimeIndex

HOST_MIGRATIONS = sorted(
    {
        creating_migration(conf.value(name))
        for name in ("WORKSPACE_MODEL", "MEMBER_MODEL", "GROUP_MODEL")
    }
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        *HOST_MIGRATIONS,
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=conf.value("WORKSPACE_MODEL"),
                    ),
                ),
                (
                    "public_id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, unique=True, verbose_name="public id"
                    ),
                ),
                (
                    "enabled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="switched on at"),
                ),
                (
                    "disabled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="switched off at"),
                ),
                (
                    "group_policy",
                    models.CharField(
                        choices=[
                            ("ADOPT", "adopt by name"),
                            ("KEEP_APART", "keep apart"),
                            ("ARCHIVE", "archive"),
                        ],
                        default="ADOPT",
                        max_length=16,
                        verbose_name="groups from before",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "connection",
                "verbose_name_plural": "connections",
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "connection",
                    models.OneToOneField(
                        db_column="workspace_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="webhook",
                        serialize=False,
                        to="scim_provisioning.connection",
                    ),
                ),
                ("url", models.CharField(max_length=500, verbose_name="URL")),
                ("key_id", models.CharField(max_length=16, verbose_name="key id")),
                ("private_key", models.TextField(editable=False)),
                ("public_key", models.JSONField(verbose_name="public key")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
                (
                    "down_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="down since"),
                ),
                (
                    "rests_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="not tried before"),
                ),
                (
                    "tested_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="tested at"),
                ),
                (
                    "test_status",
                    models.PositiveSmallIntegerField(default=0, verbose_name="status of the test"),
                ),
                (
                    "test_error",
                    models.CharField(blank=True, max_length=64, verbose_name="error of the test"),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
            },
        ),
        migrations.CreateModel(
            name="FormerKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_id", models.CharField(max_length=16, verbose_name="key id")),
                ("public_key", models.JSONField(verbose_name="public key")),
                ("leaves_at", models.DateTimeField(verbose_name="leaves at")),
                (
                    "webhook",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_keys",
                        to="scim_provisioning.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "former key of a webhook",
                "verbose_name_plural": "former keys of webhooks",
            },
        ),
        migrations.AddConstraint(
            model_name="formerkey",
            constraint=models.UniqueConstraint(
                fields=("webhook", "key_id"), name="scim_former_key_once"
            ),
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, verbose_name="event")),
                ("key", models.CharField(max_length=64, verbose_name="about")),
                (
                    "payload",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="ids",
                    ),
                ),
                (
                    "correlation_id",
                    models.CharField(blank=True, max_length=32, verbose_name="correlation id"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="at"),
                ),
                (
                    "available_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="next attempt at"
                    ),
                ),
                (
                    "lease_until",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="being delivered until"
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "parked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="parked at"),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="scim_provisioning.connection",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("handler", models.CharField(max_length=200, verbose_name="handler")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "open"), ("DONE", "done"), ("PARKED", "parked")],
                        default="OPEN",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="last error")),
                (
                    "started_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last started at"),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="scim_provisioning.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="GroupLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scim_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="SCIM id"),
                ),
                (
                    "external_id",
                    models.CharField(blank=True, max_length=255, verbose_name="externalId"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created at"
                    ),
                ),
                (
                    "last_modified",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="last modified",
                    ),
                ),
                (
                    "managed_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="managed since"),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="deleted at"),
                ),
                ("display_name", models.CharField(max_length=255, verbose_name="displayName")),
                ("display_name_key", models.CharField(blank=True, editable=False, max_length=255)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Given by an owner to this very group, whatever it is called.",
                        max_length=64,
                        verbose_name="role of its members",
                    ),
                ),
                (
                    "members_before",
                    models.JSONField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="members before it was adopted",
                    ),
                ),
                ("archived_at_enabling", models.BooleanField(default=False, editable=False)),
                (
                    "version",
                    models.PositiveBigIntegerField(
                        default=1, editable=False, verbose_name="version"
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_links",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        db_constraint=not reaches_host(),
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=conf.value("GROUP_MODEL"),
                    ),
                ),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
            },
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key_id",
                    models.CharField(editable=False, max_length=8, verbose_name="key id"),
                ),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="digest")),
                ("label", models.CharField(blank=True, max_length=100, verbose_name="label")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("expires_at", models.DateTimeField(verbose_name="expires at")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="revoked at"),
                ),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last used at"),
                ),
                (
                    "last_used_from",
                    models.GenericIPAddressField(
                        blank=True, null=True, verbose_name="last used from"
                    ),
                ),
                (
                    "last_used_by",
                    models.CharField(blank=True, max_length=200, verbose_name="last used by"),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="created by",
                    ),
                ),
            ],
            options={
                "verbose_name": "token",
                "verbose_name_plural": "tokens",
            },
        ),
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occurred_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="at"),
                ),
                ("correlation_id", models.CharField(max_length=32, verbose_name="correlation id")),
                ("operation", models.CharField(max_length=16, verbose_name="operation")),
                ("resource_type", models.CharField(max_length=16, verbose_name="resource type")),
                ("scim_id", models.UUIDField(blank=True, null=True, verbose_name="SCIM id")),
                ("status", models.PositiveSmallIntegerField(verbose_name="status")),
                ("scim_type", models.CharField(blank=True, max_length=32, verbose_name="scimType")),
                ("changed", models.JSONField(default=list, verbose_name="changed attributes")),
                ("transitions", models.JSONField(default=dict, verbose_name="transitions")),
                ("notes", models.JSONField(default=list, verbose_name="notes")),
                ("user_agent", models.CharField(blank=True, max_length=200, verbose_name="client")),
                (
                    "address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="from"),
                ),
                ("count", models.PositiveIntegerField(default=1, verbose_name="count")),
                ("tally_key", models.CharField(blank=True, editable=False, max_length=40)),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="journal",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "token",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="scim_provisioning.token",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "journal entry",
                "verbose_name_plural": "journal entries",
            },
        ),
        migrations.CreateModel(
            name="UserLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scim_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, verbose_name="SCIM id"),
                ),
                (
                    "external_id",
                    models.CharField(blank=True, max_length=255, verbose_name="externalId"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="created at"
                    ),
                ),
                (
                    "last_modified",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="last modified",
                    ),
                ),
                (
                    "managed_since",
                    models.DateTimeField(blank=True, null=True, verbose_name="managed since"),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="deleted at"),
                ),
                ("user_name", models.CharField(max_length=255, verbose_name="userName")),
                ("user_name_key", models.CharField(blank=True, editable=False, max_length=255)),
                ("display_name_key", models.CharField(blank=True, editable=False, max_length=255)),
                (
                    "attributes",
                    models.JSONField(
                        blank=True,
                        decoder=QuickDecoder,
                        default=dict,
                        verbose_name="attributes as the directory sent them",
                    ),
                ),
                (
                    "comparable",
                    models.JSONField(
                        blank=True, decoder=QuickDecoder, default=dict, editable=False
                    ),
                ),
                (
                    "mapped_role",
                    models.CharField(
                        blank=True, editable=False, max_length=64, verbose_name="role from groups"
                    ),
                ),
                (
                    "role_before",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="role without groups",
                    ),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="user_links",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_constraint=not reaches_host(),
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=conf.value("MEMBER_MODEL"),
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="UserValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attribute", models.CharField(max_length=32)),
                ("value_key", models.CharField(blank=True, max_length=255)),
                ("comparable", models.JSONField(default=dict)),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="scim_provisioning.userlink",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(default=0, verbose_name="status")),
                ("error", models.CharField(blank=True, max_length=64, verbose_name="error")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="count")),
                (
                    "first_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="first at"
                    ),
                ),
                (
                    "last_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last at"),
                ),
                (
                    "connection",
                    models.ForeignKey(
                        db_column="workspace_id",
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhook_attempts",
                        to="scim_provisioning.connection",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhook_attempts",
                        to="scim_provisioning.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook attempt",
                "verbose_name_plural": "webhook attempts",
            },
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["connection", "key", "id"], name="scim_event_key"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                condition=models.Q(("done_at", None), ("parked_at", None)),
                fields=["available_at", "id"],
                name="scim_event_due",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["done_at"], name="scim_event_done"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("connection", "event", "handler"), name="scim_delivery_once"
            ),
        ),
        migrations.AddIndex(
            model_name="grouplink",
            index=models.Index(fields=["connection", "id"], name="scim_group_order"),
        ),
        migrations.AddIndex(
            model_name="grouplink",
            index=models.Index(
                fields=["connection", "display_name_key"], name="scim_group_name_key"
            ),
        ),
        migrations.AddIndex(
            model_name="grouplink",
            index=models.Index(
                fields=["connection", "external_id"], name="scim_group_external_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.UniqueConstraint(
                fields=("connection", "scim_id"), name="scim_group_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.UniqueConstraint(
                fields=("connection", "group"), name="scim_group_group"
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("display_name_key", ""), _negated=True)
                ),
                fields=("connection", "display_name_key"),
                name="scim_group_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="grouplink",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("external_id", ""), _negated=True)
                ),
                fields=("connection", "external_id"),
                name="scim_group_external_id",
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["connection", "-id"], name="scim_journal_order"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                fields=["connection", "scim_id", "-id"], name="scim_journal_resource"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["connection", "occurred_at"], name="scim_journal_time"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=TimeIndex(fields=["occurred_at"], name="scim_journal_age"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("actor__isnull", False)),
                fields=["actor"],
                name="scim_journal_actor",
            ),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("tally_key", ""), _negated=True),
                fields=("connection", "tally_key"),
                name="scim_journal_tally",
            ),
        ),
        migrations.AddIndex(
            model_name="userlink",
            index=models.Index(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("user_name_key", ""), _negated=True)
                ),
                fields=["connection", "id"],
                name="scim_user_order",
            ),
        ),
        migrations.AddIndex(
            model_name="userlink",
            index=models.Index(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("user_name_key", ""), _negated=True)
                ),
                fields=["connection", "member"],
                include=("scim_id",),
                name="scim_user_members",
            ),
        ),
        migrations.AddIndex(
            model_name="userlink",
            index=models.Index(fields=["connection", "user_name_key"], name="scim_user_name_key"),
        ),
        migrations.AddIndex(
            model_name="userlink",
            index=models.Index(fields=["connection", "external_id"], name="scim_user_external_key"),
        ),
        migrations.AddIndex(
            model_name="userlink",
            index=models.Index(
                fields=["connection", "display_name_key"], name="scim_user_display_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="userlink",
            constraint=models.UniqueConstraint(
                fields=("connection", "scim_id"), name="scim_user_id"
            ),
        ),
        migrations.AddConstraint(
            model_name="userlink",
            constraint=models.UniqueConstraint(
                fields=("connection", "member"), name="scim_user_member"
            ),
        ),
        migrations.AddConstraint(
            model_name="userlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("user_name_key", ""), _negated=True)
                ),
                fields=("connection", "user_name_key"),
                name="scim_user_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="userlink",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("deleted_at", None), models.Q(("external_id", ""), _negated=True)
                ),
                fields=("connection", "external_id"),
                name="scim_user_external_id",
            ),
        ),
        migrations.AddIndex(
            model_name="uservalue",
            index=models.Index(
                fields=["connection", "attribute", "value_key"], name="scim_user_value_key"
            ),
        ),
        migrations.AddIndex(
            model_name="webhookattempt",
            index=models.Index(fields=["connection", "-last_at"], name="scim_webhook_log"),
        ),
        migrations.AddConstraint(
            model_name="webhookattempt",
            constraint=models.UniqueConstraint(
                fields=("connection", "event", "status", "error"), name="scim_webhook_outcome"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("connection", "id"), name="scim_event_row"),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.UniqueConstraint(fields=("connection", "id"), name="scim_token_row"),
        ),
        migrations.AddConstraint(
            model_name="token",
            constraint=models.UniqueConstraint(
                fields=("connection", "key_id"), name="scim_token_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="userlink",
            constraint=models.UniqueConstraint(fields=("connection", "id"), name="scim_user_row"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=SameWorkspace(field="event", name="scim_delivery_event"),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=SameWorkspace(field="token", name="scim_journal_token"),
        ),
        migrations.AddConstraint(
            model_name="uservalue",
            constraint=SameWorkspace(field="link", name="scim_user_value_link"),
        ),
        migrations.AddConstraint(
            model_name="webhookattempt",
            constraint=SameWorkspace(field="event", name="scim_webhook_event"),
        ),
        *(
            migrations.AddConstraint(model_name="userlink", constraint=each)
            for each in within_host(field="member", name="scim_user_of_host")
        ),
        *(
            migrations.AddConstraint(model_name="grouplink", constraint=each)
            for each in within_host(field="group", name="scim_group_of_host")
        ),
    ]
