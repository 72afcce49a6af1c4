"""The product's addresses; must not hold views."""

from __future__ import annotations

from django.urls import include, path

from workspace.views import (
    accounts,
    api,
    groups,
    invitations,
    members,
    profile,
    settings,
    workspaces,
)

account_urls = [
    path("sign-in/", accounts.sign_in, name="sign_in"),
    path("sign-out/", accounts.sign_out, name="sign_out"),
    path("password-reset/", accounts.password_reset, name="password_reset"),
    path("password-reset/sent/", accounts.password_reset_sent, name="password_reset_sent"),
    path(
        "password-reset/<uidb64>/<token>/",
        accounts.password_reset_confirm,
        name="password_reset_confirm",
    ),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
]

member_urls = [
    path("", members.members, name="members"),
    path("invite/", members.invite, name="invite_member"),
    path("kiosk/", members.add_kiosk_member, name="add_kiosk_member"),
    path("<int:member_id>/block/", members.block, name="block_member"),
    path("<int:member_id>/unblock/", members.unblock, name="unblock_member"),
    path("<int:member_id>/resume/", members.resume, name="resume_member"),
    path("<int:member_id>/role/", members.change_role, name="change_role"),
    path(
        "<int:member_id>/timezone/release/",
        members.release_timezone,
        name="release_member_timezone",
    ),
]

group_urls = [
    path("", groups.groups, name="groups"),
    path("create/", groups.create, name="create_group"),
    path("<int:group_id>/", groups.group, name="group"),
    path("<int:group_id>/rename/", groups.rename, name="rename_group"),
    path("<int:group_id>/archive/", groups.archive, name="archive_group"),
    path("<int:group_id>/restore/", groups.restore, name="restore_group"),
    path("<int:group_id>/members/add/", groups.add_member, name="add_group_member"),
    path(
        "<int:group_id>/members/<int:member_id>/remove/",
        groups.remove_member,
        name="remove_group_member",
    ),
]

profile_urls = [
    path("", profile.profile, name="profile"),
    path("name/", profile.rename, name="rename_self"),
    path("timezone/", profile.set_timezone, name="set_timezone"),
    path("timezone/release/", profile.release_timezone, name="release_timezone"),
    path("api-keys/", profile.create_api_key, name="create_api_key"),
    path("api-keys/<int:key_id>/revoke/", profile.revoke_api_key, name="revoke_api_key"),
]

settings_urls = [
    path("", settings.general, name="settings"),
    path("name/", settings.rename, name="rename_workspace"),
    path("authentication/", settings.authentication, name="settings_authentication"),
]

api_urls = [
    path("me", api.me, name="api_me"),
    path("timer", api.timer, name="api_timer"),
    path("timer/start", api.start_timer, name="api_start_timer"),
    path("timer/stop", api.stop_timer, name="api_stop_timer"),
]

urlpatterns = [
    path("", workspaces.workspaces, name="workspaces"),
    *account_urls,
    path("workspaces/<slug:workspace>/members/", include(member_urls)),
    path("workspaces/<slug:workspace>/groups/", include(group_urls)),
    path("workspaces/<slug:workspace>/profile/", include(profile_urls)),
    path("workspaces/<slug:workspace>/settings/", include(settings_urls)),
    path("api/", include(api_urls)),
]
