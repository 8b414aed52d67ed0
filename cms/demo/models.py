"""What the demo has loaded, so that it loads nothing twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedEntry(models.Model):
    """An entry of the demo content that was loaded once; what an editor deletes or renames since then stays so."""

    key = models.CharField(_("key"), max_length=150, unique=True)
    object_id = models.PositiveBigIntegerField(_("object"), null=True)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("loaded demo entry")
        verbose_name_plural = _("loaded demo entries")

    def __str__(self) -> str:
        return self.key
