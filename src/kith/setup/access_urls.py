"""Teams, divisions and roles, and what explains who sees what."""

from django.urls import path

from .pages import group_list, groups, invitations, leaving, role_list, roles, security, why

urlpatterns = [
    path("settings/security/", security.security, name="security"),
    path("settings/users/<int:user_id>/invite/", invitations.invite, name="user-invite"),
    path(
        "invitation/<slug:name>/<slug:token>/",
        invitations.InvitationPage.as_view(),
        name="invitation",
    ),
    path("settings/why/", why.why, name="why"),
    path("settings/users/<int:user_id>/deactivate/", leaving.leave, name="user-deactivate"),
    path("settings/teams/", group_list.teams, name="teams"),
    path("settings/teams/new/", groups.TeamPage.as_view(), name="team-new"),
    path("settings/teams/<int:group_id>/", groups.TeamPage.as_view(), name="team"),
    path("settings/teams/<int:group_id>/remove/", groups.remove_team, name="team-remove"),
    path("settings/divisions/", group_list.divisions, name="divisions"),
    path("settings/divisions/new/", groups.DivisionPage.as_view(), name="division-new"),
    path("settings/divisions/<int:group_id>/", groups.DivisionPage.as_view(), name="division"),
    path(
        "settings/divisions/<int:group_id>/remove/",
        groups.remove_division,
        name="division-remove",
    ),
    path("settings/roles/", role_list.role_list, name="roles"),
    path("settings/roles/new/", roles.RolePage.as_view(), name="role-new"),
    path("settings/roles/<slug:key>/", roles.RolePage.as_view(), name="role"),
    path("settings/roles/<slug:key>/remove/", roles.remove, name="role-remove"),
    path("settings/roles/<slug:key>/reset/", roles.reset, name="role-reset"),
]
