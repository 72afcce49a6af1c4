"""Note who mails an invitation, and find those that nobody has mailed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workspace", "0003_seats"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="mailing_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(
                    ("accepted_at", None), ("cancelled_at", None), ("mailed_at", None)
                ),
                fields=["expires_at"],
                name="invitation_unmailed",
            ),
        ),
    ]
