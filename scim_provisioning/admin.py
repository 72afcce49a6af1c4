"""Django admin: a look at connections and the journal, for the operators of a deployment.

Must not let anybody write; a parked event may be taken up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scim_provisioning.models import (
    Connection,
    Delivery,
    Event,
    JournalEntry,
    Webhook,
    WebhookAttempt,
)
from scim_provisioning.outbox.delivery import replay
from scim_provisioning.outbox.nudges import nudge

if TYPE_CHECKING:  # Django's own class takes no parameter
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Connection)
class ConnectionAdmin(ReadOnlyAdmin):
    list_display = ("public_id", "workspace", "enabled_at", "disabled_at")
    list_select_related = ("workspace",)


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ("occurred_at", "connection", "operation", "resource_type", "scim_id", "status")
    list_filter = ("operation", "status")
    date_hierarchy = "occurred_at"


class DeliveryInline(TabularInline):
    model = Delivery
    extra = 0
    can_delete = False
    exclude = ("connection",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class FailureFilter(admin.SimpleListFilter):
    title = _("failures")
    parameter_name = "failures"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("parked", _("parked")), ("failing", _("failing"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "parked":
            return queryset.exclude(parked_at=None)
        if self.value() == "failing":
            failing = Delivery.objects.filter(state=Delivery.State.OPEN).exclude(error="")
            return queryset.filter(pk__in=failing.values("event"))
        return queryset


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "connection", "name", "key", "done_at", "parked_at")
    list_filter = (FailureFilter, "name")
    date_hierarchy = "created_at"
    inlines = (DeliveryInline,)
    actions = ("replay_parked",)

    def has_replay_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("scim_provisioning.change_event")

    @admin.action(description=_("Take parked events up again"), permissions=["replay"])
    def replay_parked(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        for event in queryset.exclude(parked_at=None):
            replay(event)
            nudge(event.pk)


@admin.register(Webhook)
class WebhookAdmin(ReadOnlyAdmin):
    list_display = ("connection", "url", "created_at", "down_since")


@admin.register(WebhookAttempt)
class WebhookAttemptAdmin(ReadOnlyAdmin):
    list_display = ("last_at", "connection", "event", "status", "error", "count")
    list_filter = ("status",)
    list_select_related = ("connection", "event")
    date_hierarchy = "last_at"
