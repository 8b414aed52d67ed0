from django.db import migrations, models

from wagtail_partnerships.snippets.places import country_choices


class Migration(migrations.Migration):
    dependencies = [("partnerships_pages", "0008_title_indexes")]

    operations = [
        migrations.AlterField(
            "agreementparty",
            "country",
            models.CharField(
                "country",
                max_length=2,
                blank=True,
                choices=country_choices,
                db_index=True,
                help_text="Only for a party without a page.",
            ),
        ),
    ]
