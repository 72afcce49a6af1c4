"""Find the host's migrations that ours must follow.

Must not import a model: it runs while migrations are loaded.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel


def creating_migration(model: str) -> tuple[str, str]:
    """Name the migration that creates a model ("app_label.Model"), as a dependency.

    A dependency on the app's first migration would come too early when the model arrives in a
    later one. On its last it would break every deployed database as soon as the host adds
    another, since an applied migration may not depend on an unapplied one.
    """
    app_label, model_name = model.split(".")
    package_name, _ = MigrationLoader.migrations_module(app_label)
    if not package_name or not apps.is_installed(apps.get_app_config(app_label).name):
        return (app_label, "__first__")
    try:
        package = import_module(package_name)
    except ModuleNotFoundError:
        return (app_label, "__first__")
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        migration = getattr(import_module(f"{package_name}.{name}"), "Migration", None)
        for operation in getattr(migration, "operations", ()):
            if isinstance(operation, CreateModel) and operation.name_lower == model_name.lower():
                return (app_label, name)
    return (app_label, "__first__")
