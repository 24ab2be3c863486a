import django.db.models.deletion
from django.db import migrations, models

STATES = ("submitted", "awaiting_information", "assessed", "approved", "refused", "reopened", "revoked")


class Migration(migrations.Migration):
    dependencies = (("store", "0003_adjudication"),)

    operations = (
        migrations.CreateModel(
            name="Rescreening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(blank=True, max_length=60)),
                ("before", models.CharField(blank=True, max_length=64)),
                ("after", models.CharField(blank=True, max_length=64)),
                ("lists", models.TextField()),
                ("matcher", models.CharField(max_length=300)),
                ("upto", models.PositiveBigIntegerField()),
                ("mark", models.PositiveBigIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("looked", models.PositiveIntegerField(default=0)),
                ("touched", models.PositiveIntegerField(default=0)),
                ("reopened", models.PositiveIntegerField(default=0)),
                ("by", models.CharField(max_length=60)),
                ("started", models.CharField(max_length=20)),
                ("finished", models.CharField(blank=True, max_length=20)),
                ("failure", models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="reopened",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="screening",
            name="matcher",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="case",
            name="state",
            field=models.CharField(choices=[(state, state) for state in STATES], max_length=24),
        ),
        migrations.CreateModel(
            name="RescreeningLease",
            fields=[
                (
                    "rescreening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="store.rescreening",
                    ),
                ),
                ("worker", models.CharField(max_length=80)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="rescreening",
            index=models.Index(fields=["finished", "id"], name="store_rescr_finishe_e234e1_idx"),
        ),
    )
