"""Let the database count the seats that are taken."""

import django.db.models.deletion
from django.db import migrations, models

from workspace.models import seats


class Migration(migrations.Migration):
    dependencies = [("workspace", "0002_boundaries")]

    operations = [
        migrations.CreateModel(
            name="Seats",
            fields=[
                (
                    "workspace",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workspace.workspace",
                    ),
                ),
                ("taken", models.PositiveIntegerField(default=0)),
            ],
            options={"verbose_name_plural": "seats"},
        ),
        migrations.RunPython(seats.install, seats.remove),
    ]
