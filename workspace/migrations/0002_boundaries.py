"""Let the database refuse group memberships across workspaces."""

from django.db import migrations

from workspace import boundaries


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_initial")]

    operations = [migrations.RunPython(boundaries.install, boundaries.remove)]
