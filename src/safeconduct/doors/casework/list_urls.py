"""Addresses of the pages about lists."""

from __future__ import annotations

from django.urls import path

from safeconduct.doors.casework import lists

app_name = "lists"
urlpatterns = [
    path("", lists.index, name="index"),
    path("<slug:key>/", lists.history, name="history"),
    path("<slug:key>/<slug:sha256>/", lists.differences, name="differences"),
    path("<slug:key>/<slug:sha256>/release/", lists.release, name="release"),
]
