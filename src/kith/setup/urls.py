from django.urls import path

from .pages import profile, settings, sign_in, user_list, users

app_name = "setup"
urlpatterns = [
    path("sign-in/", sign_in.SignInPage.as_view(), name="sign-in"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("profile/", profile.ProfilePage.as_view(), name="profile"),
    path("profile/password/", profile.PasswordPage.as_view(), name="password"),
    path("profile/sign-out-everywhere/", profile.sign_out_everywhere, name="sign-out-everywhere"),
    path("settings/", settings.settings_index, name="settings"),
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
