from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("store", "0006_fetching"),)

    operations = (
        migrations.AddField(
            model_name="pack",
            name="begins",
            field=models.CharField(blank=True, default="", max_length=10),
        ),
    )
