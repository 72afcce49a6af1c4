"""Remember what the directory last said about a person's timezone.

SQLite rebuilds the table of members, which the boundaries' triggers would forbid.
"""

from django.db import migrations, models

from workspace import boundaries


class Migration(migrations.Migration):
    dependencies = [("workspace", "0002_boundaries")]

    operations = [
        migrations.RunPython(boundaries.remove, boundaries.install),
        migrations.AddField(
            model_name="member",
            name="directory_timezone",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What the directory last said, also while the person's own stands.",
                max_length=64,
            ),
        ),
        migrations.RunPython(boundaries.install, boundaries.remove),
    ]
