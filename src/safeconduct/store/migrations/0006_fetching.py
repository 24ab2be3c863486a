from django.db import migrations, models

import safeconduct.store.ledgered


class Migration(migrations.Migration):
    dependencies = (("store", "0005_lookups"),)

    operations = (
        migrations.CreateModel(
            name="FetchLease",
            fields=[
                ("source", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("holder", models.CharField(max_length=80)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Fetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=60)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("new", "New"), ("unchanged", "Unchanged"), ("held", "Held"), ("failed", "Failed")],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("files", models.TextField(blank=True)),
                ("edition", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["source", "id"], name="fetches_of_a_source")],
            },
            bases=(safeconduct.store.ledgered.Unchanging, models.Model),
        ),
    )
