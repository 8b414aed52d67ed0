from typing import Any

from django.db import migrations

from wagtail_partnerships.snippets.sort_keys import SortKeyField, sort_key


def fill_keys(apps: Any, schema_editor: Any) -> None:
    for name in ("PartnerPage", "AgreementPage"):
        model = apps.get_model("partnerships_pages", name)
        for pk, text in model.objects.values_list("pk", "title").iterator():
            model.objects.filter(pk=pk).update(title_key=sort_key(text))


class Migration(migrations.Migration):
    dependencies = [("partnerships_pages", "0002_initial")]

    operations = [
        migrations.AddField("partnerpage", "title_key", SortKeyField(source="title")),
        migrations.AddField("agreementpage", "title_key", SortKeyField(source="title")),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
