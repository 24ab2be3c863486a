import django.db.models.deletion
from django.db import migrations, models

import safeconduct.store.ledgered


class Migration(migrations.Migration):
    dependencies = (("store", "0006_fetching"),)

    operations = (
        migrations.CreateModel(
            name="Appraisal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("author", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appraisals", to="store.case"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="appraisals_by_time")],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "basis", "author"), name="one_appraisal_a_person")
                ],
            },
            bases=(safeconduct.store.ledgered.Unchanging, models.Model),
        ),
        migrations.CreateModel(
            name="Decided",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facts", models.CharField(max_length=64)),
                ("decision", models.CharField(max_length=8)),
                ("outcome", models.CharField(max_length=24)),
                ("policy", models.CharField(max_length=64)),
                ("at", models.CharField(max_length=20)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decided", to="store.case"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["facts", "decision", "at"], name="decided_by_facts")]},
        ),
    )
