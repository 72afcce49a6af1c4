"""A change that the host makes after the app was deployed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("club", "0002_clubs")]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="name",
            field=models.CharField(max_length=255),
        ),
    ]
