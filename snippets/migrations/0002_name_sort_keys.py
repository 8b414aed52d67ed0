from typing import Any

from django.db import migrations

from wagtail_partnerships.snippets.sort_keys import SortKeyField, sort_key


def fill_keys(apps: Any, schema_editor: Any) -> None:
    for name in ("Strategy", "Contact"):
        model = apps.get_model("partnerships_snippets", name)
        for pk, text in model.objects.values_list("pk", "name").iterator():
            model.objects.filter(pk=pk).update(name_key=sort_key(text))


class Migration(migrations.Migration):
    dependencies = [("partnerships_snippets", "0001_initial")]

    operations = [
        migrations.AddField("strategy", "name_key", SortKeyField(source="name")),
        migrations.AddField("contact", "name_key", SortKeyField(source="name")),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
