from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships_pages", "0003_title_sort_keys")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=100)),
                ("object_id", models.BigIntegerField()),
                ("title", models.TextField()),
                ("body", models.TextField()),
            ],
            options={
                "verbose_name": "search text",
                "verbose_name_plural": "search texts",
                "constraints": [
                    models.UniqueConstraint(fields=("model", "object_id"), name="partnerships_one_search_text_per_row")
                ],
            },
        ),
    ]
