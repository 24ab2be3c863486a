"""What people decided about matches."""

from django.db import migrations, models
from django.db.models.deletion import PROTECT

ANSWERS = [("not_same", "Not Same"), ("same", "Same"), ("ask", "Ask")]
STATES = [("proposed", "Proposed"), ("standing", "Standing"), ("withdrawn", "Withdrawn")]


class Migration(migrations.Migration):
    dependencies = (("store", "0002_register"),)

    operations = (
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("party_id", models.CharField(max_length=60)),
                ("source", models.CharField(max_length=60)),
                ("entry", models.CharField(max_length=120)),
                ("fingerprint", models.CharField(max_length=64)),
                ("entry_facts", models.CharField(max_length=64)),
                ("answer", models.CharField(choices=ANSWERS, max_length=8)),
                ("asked", models.CharField(blank=True, max_length=20)),
                ("state", models.CharField(choices=STATES, max_length=10)),
                ("author", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                ("record", models.PositiveIntegerField()),
                ("second", models.CharField(blank=True, max_length=60)),
                ("second_at", models.CharField(blank=True, max_length=20)),
                ("second_record", models.PositiveIntegerField(default=0)),
                ("case", models.ForeignKey(on_delete=PROTECT, related_name="adjudications", to="store.case")),
                ("second_case", models.ForeignKey(null=True, on_delete=PROTECT, related_name="+", to="store.case")),
            ],
            options={
                "indexes": [
                    models.Index(fields=["fingerprint", "source", "entry"], name="store_adjud_fingerp_2abdfb_idx"),
                    models.Index(fields=["source", "entry", "case"], name="store_adjud_source_73290d_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "record"), name="one_adjudication_a_record"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="clearance", name="one_clearance"),
        migrations.AddIndex(
            model_name="clearance",
            index=models.Index(
                fields=["fingerprint", "source", "entry", "entry_facts"], name="store_clear_fingerp_3d5b24_idx"
            ),
        ),
    )
