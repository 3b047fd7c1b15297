from django.urls import path

from . import pages

app_name = "jobs"
urlpatterns = [
    path("jobs/", pages.job_list, name="list"),
    path("jobs/<int:job_id>/cancel/", pages.job_cancel, name="cancel"),
]
