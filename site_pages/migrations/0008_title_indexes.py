from django.db import migrations, models

from wagtail_partnerships.snippets.sort_keys import InAlphabet


class Migration(migrations.Migration):
    dependencies = [("partnerships_pages", "0007_manage_agreement")]

    operations = [
        migrations.AddIndex(
            f"{name}page", models.Index(InAlphabet("title_key", alphabet), name=f"partnerships_{name}_{alphabet}")
        )
        for name in ("partner", "agreement")
        for alphabet in ("swedish", "danish", "plain")
    ]
