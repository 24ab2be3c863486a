import django.db.models.deletion
from django.db import migrations, models

import safeconduct.store.ledgered


class Migration(migrations.Migration):
    dependencies = (("store", "0014_pack_begins"),)

    operations = (
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.PositiveIntegerField()),
                ("list", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=60)),
                (
                    "rating",
                    models.CharField(
                        choices=[("caught", "Caught"), ("freed", "Freed"), ("outside", "Outside")], max_length=8
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(blank=True, max_length=60)),
                ("record", models.PositiveIntegerField()),
                ("author", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="store.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name"], name="ratings_by_name"),
                    models.Index(fields=["kind", "id"], name="ratings_by_kind"),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "record"), name="one_rating_a_record")],
            },
            bases=(safeconduct.store.ledgered.Unchanging, models.Model),
        ),
    )
