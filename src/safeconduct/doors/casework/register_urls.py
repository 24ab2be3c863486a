"""Addresses of the register of parties."""

from __future__ import annotations

from django.urls import path

from safeconduct.doors.casework import register

app_name = "register"
urlpatterns = [
    path("", register.parties, name="parties"),
    path("<str:name>/", register.party, name="party"),
    path("<str:name>/merge/", register.merge, name="merge"),
    path("<str:name>/merge/<str:one>/<str:other>/", register.unmerge, name="unmerge"),
    path("<str:name>/separate/<str:reference>/<str:party>/", register.separate, name="separate"),
    path("<str:name>/ties/", register.tie, name="tie"),
    path("<str:name>/ties/<str:tie>/", register.end, name="end"),
]
