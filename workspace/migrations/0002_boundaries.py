"""Let the database refuse what crosses workspaces."""

from django.db import migrations

from workspace.models.boundaries import SameWorkspace


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_initial")]

    operations = [
        migrations.AddConstraint(
            model_name="apikey",
            constraint=SameWorkspace(field="member", name="api_key_of_member"),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=SameWorkspace(field="group", name="membership_of_group"),
        ),
        migrations.AddConstraint(
            model_name="groupmembership",
            constraint=SameWorkspace(field="member", name="membership_of_member"),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=SameWorkspace(field="member", name="invitation_of_member"),
        ),
        migrations.AddConstraint(
            model_name="timeentry",
            constraint=SameWorkspace(field="member", name="time_entry_of_member"),
        ),
    ]
