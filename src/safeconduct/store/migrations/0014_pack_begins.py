from django.db import migrations, models
from django.db.models.deletion import PROTECT

import safeconduct.store.ledgered


class Migration(migrations.Migration):
    dependencies = (("store", "0013_appraisals"),)

    operations = (
        migrations.AddField(
            model_name="pack",
            name="begins",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
        migrations.CreateModel(
            name="PartyFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("denial", "Denial"), ("finding", "Finding")], max_length=8)),
                ("said", models.TextField()),
                ("source", models.CharField(max_length=400)),
                ("date", models.CharField(max_length=10)),
                ("sealed", models.BooleanField(default=False)),
                ("by", models.CharField(max_length=60)),
                ("at", models.CharField(max_length=20)),
                (
                    "entry",
                    models.ForeignKey(on_delete=PROTECT, related_name="findings", to="store.registerentry"),
                ),
            ],
            bases=(safeconduct.store.ledgered.Unchanging, models.Model),
        ),
    )
