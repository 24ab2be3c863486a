"""The register of parties."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT


class Migration(migrations.Migration):
    dependencies = (("store", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened", models.CharField(max_length=20)),
                ("opened_by", models.CharField(max_length=60)),
                ("party", models.TextField(blank=True)),
                ("sealed", models.BooleanField(default=False)),
                (
                    "beside",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="noted", to="store.registerentry"),
                ),
                ("case", models.ForeignKey(null=True, on_delete=PROTECT, related_name="noted", to="store.case")),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party_id", models.CharField(max_length=60)),
                ("party", models.TextField()),
                ("fingerprint", models.CharField(db_index=True, max_length=64)),
                (
                    "linked",
                    models.CharField(
                        choices=[("new", "New"), ("facts", "Facts"), ("number", "Number"), ("person", "Person")],
                        max_length=8,
                    ),
                ),
                ("at", models.CharField(max_length=20)),
                ("entry", models.ForeignKey(on_delete=PROTECT, related_name="appearances", to="store.registerentry")),
                ("case", models.ForeignKey(on_delete=PROTECT, related_name="appearances", to="store.case")),
            ],
        ),
        migrations.CreateModel(
            name="RegisterKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=200)),
                ("entry", models.ForeignKey(on_delete=PROTECT, related_name="keys", to="store.registerentry")),
                (
                    "appearance",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="keys", to="store.appearance"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("by", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                ("undone", models.CharField(blank=True, max_length=20)),
                ("undone_by", models.CharField(blank=True, max_length=60)),
                ("undone_reason", models.TextField(blank=True)),
                ("one", models.ForeignKey(on_delete=PROTECT, related_name="merged_as_one", to="store.registerentry")),
                (
                    "other",
                    models.ForeignKey(on_delete=PROTECT, related_name="merged_as_other", to="store.registerentry"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=12)),
                ("holder_source", models.CharField(blank=True, max_length=60)),
                ("holder_entry", models.CharField(blank=True, max_length=120)),
                ("holder_name", models.CharField(blank=True, max_length=400)),
                ("low", models.CharField(max_length=20)),
                ("high", models.CharField(max_length=20)),
                ("begins", models.CharField(blank=True, max_length=10)),
                ("ends", models.CharField(blank=True, max_length=10)),
                ("source", models.TextField()),
                ("sealed", models.BooleanField(default=False)),
                ("stated_by", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                ("withdrawn", models.BooleanField(default=False)),
                ("last_day", models.CharField(blank=True, max_length=10)),
                ("ended_by", models.CharField(blank=True, max_length=60)),
                ("ended_at", models.CharField(blank=True, max_length=20)),
                ("ended_reason", models.TextField(blank=True)),
                (
                    "holder",
                    models.ForeignKey(null=True, on_delete=PROTECT, related_name="holds", to="store.registerentry"),
                ),
                ("held", models.ForeignKey(on_delete=PROTECT, related_name="held_by", to="store.registerentry")),
                ("case", models.ForeignKey(null=True, on_delete=PROTECT, related_name="ties", to="store.case")),
            ],
            options={"abstract": False},
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.UniqueConstraint(fields=("case", "party_id"), name="appears_once_in_case"),
        ),
    )
