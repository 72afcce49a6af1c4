"""The addresses below a connection's base URL (RFC 7644 §3.2).

A trailing slash is optional everywhere and a doubled one after the base is let pass: some clients
join the two parts as the administrator typed them (tests/idp/jumpcloud/). Must not know what an
endpoint does.
"""

from __future__ import annotations

from django.urls import URLPattern, re_path
from django.views import View

from scim_provisioning.api import discovery, keys, resources

app_name = "scim_provisioning"


def _endpoint(path: str, view: type[View], name: str | None = None) -> URLPattern:
    return re_path(rf"^(?P<connection>[^/]+)/+{path}/?$", view.as_view(), name=name)


urlpatterns = [
    re_path(r"^(?P<connection>[^/]+)/?$", resources.RootView.as_view(), name="base"),
    _endpoint(r"\.search", resources.RootSearchView, "search"),
    _endpoint("Bulk", resources.BulkView, "bulk"),
    _endpoint("Users", resources.UsersView, "users"),
    _endpoint(r"Users/\.search", resources.UserSearchView, "user-search"),
    _endpoint(r"Users/(?P<scim_id>[^/]+)", resources.UserView, "user"),
    _endpoint("Groups", resources.GroupsView, "groups"),
    _endpoint(r"Groups/\.search", resources.GroupSearchView, "group-search"),
    _endpoint(r"Groups/(?P<scim_id>[^/]+)", resources.GroupView, "group"),
    _endpoint("ServiceProviderConfig", discovery.ServiceProviderConfigView, "config"),
    _endpoint("ResourceTypes", discovery.ResourceTypesView, "resource-types"),
    _endpoint(r"ResourceTypes/(?P<name>[^/]+)", discovery.ResourceTypeView, "resource-type"),
    _endpoint("Schemas", discovery.SchemasView, "schemas"),
    _endpoint(r"Schemas/(?P<urn>[^/]+)", discovery.SchemaView, "schema"),
    _endpoint("Me", discovery.MeView, "me"),
    _endpoint(r"\.well-known/jwks\.json", keys.KeysView, "keys"),
    re_path(r"^(?P<connection>[^/]*)(?P<rest>.*)$", discovery.UnknownEndpointView.as_view()),
]
