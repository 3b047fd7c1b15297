from django.urls import path

from .pages import (
    list_overview,
    option_acts,
    option_list,
    options,
    profile,
    settings,
    sign_in,
    user_list,
    users,
)

app_name = "setup"
urlpatterns = [
    path("sign-in/", sign_in.SignInPage.as_view(), name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("profile/", profile.ProfilePage.as_view(), name="profile"),
    path("profile/password/", profile.PasswordPage.as_view(), name="password"),
    path("profile/sign-out-everywhere/", profile.sign_out_everywhere, name="sign-out-everywhere"),
    path("settings/", settings.settings_index, name="settings"),
    path("settings/lists/", list_overview.list_overview, name="lists"),
    path("settings/lists/<slug:name>/", option_list.option_list, name="list"),
    path("settings/lists/<slug:name>/new/", options.OptionPage.as_view(), name="option-new"),
    path("settings/lists/<slug:name>/<int:pk>/", options.OptionPage.as_view(), name="option"),
    path("settings/lists/<slug:name>/paste/", options.PastePage.as_view(), name="options-paste"),
    path("settings/lists/<slug:name>/move/", option_acts.option_move, name="option-move"),
    path("settings/lists/<slug:name>/sort/", option_acts.options_sort, name="options-sort"),
    path(
        "settings/lists/<slug:name>/archive/",
        option_acts.options_archive,
        {"archived": True},
        name="options-archive",
    ),
    path(
        "settings/lists/<slug:name>/restore/",
        option_acts.options_archive,
        {"archived": False},
        name="options-restore",
    ),
    path("settings/lists/<slug:name>/delete/", option_acts.options_delete, name="options-delete"),
    path("settings/lists/<slug:name>/merge/", option_acts.options_merge_page, name="options-merge"),
    path("settings/users/", user_list.user_list, name="users"),
    path("settings/users/new/", users.NewUserPage.as_view(), name="user-new"),
    path("settings/users/<int:user_id>/", users.UserPage.as_view(), name="user"),
    path("settings/users/<int:user_id>/password/", users.set_password, name="user-password"),
    path(
        "settings/users/<int:user_id>/deactivate/",
        users.set_active,
        {"active": False},
        name="user-deactivate",
    ),
    path(
        "settings/users/<int:user_id>/reactivate/",
        users.set_active,
        {"active": True},
        name="user-reactivate",
    ),
    path("settings/users/<int:user_id>/sessions/", users.end_sessions, name="user-sessions"),
]
