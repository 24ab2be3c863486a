"""The one Django app of this system."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """All tables carry the prefix ``store_``."""

    name = "safeconduct.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
