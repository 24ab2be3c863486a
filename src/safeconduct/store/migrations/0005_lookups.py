import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("store", "0004_rescreening"),)

    operations = (
        migrations.AlterField(
            model_name="screening",
            name="case",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="screenings",
                to="store.case",
            ),
        ),
        migrations.AddField(
            model_name="screening",
            name="asked_by",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="screening",
            name="body",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="screening",
            index=models.Index(fields=["asked_by", "id"], name="store_scree_asked_b_b30961_idx"),
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(blank=True, max_length=120)),
                ("start", models.CharField(max_length=12)),
                ("token_sha256", models.CharField(max_length=64, unique=True)),
                ("made", models.CharField(max_length=20)),
                ("made_by", models.CharField(max_length=60)),
                ("expires", models.CharField(max_length=20)),
                ("revoked", models.CharField(blank=True, max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="api_keys",
                        to="store.person",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    )
