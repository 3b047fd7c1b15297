from django.urls import path

from . import pages

app_name = "jobs"
urlpatterns = [
    path("jobs/", pages.job_list, name="list"),
    path("jobs/seen/", pages.jobs_seen, name="seen"),
    path("jobs/<int:job_id>/", pages.job_open, name="open"),
    path("jobs/<int:job_id>/cancel/", pages.job_cancel, name="cancel"),
]
