"""The model attribute that all our field types share: what is assigned is normalised at once."""

from typing import Any

from django.db.models import Model
from django.db.models.query_utils import DeferredAttribute


class NormalisedAttribute(DeferredAttribute):
    """Passes each assigned value through the field's `to_python`, so that `contact.phone = "021-10 19 93"` reads back
    as a `Phone` before any save. Text that `to_python` can't read is kept as it is, for `full_clean` to complain about.
    """

    def __set__(self, instance: Model, value: Any) -> None:
        # Database expressions, F("other") among them, have no value yet.
        if not hasattr(value, "resolve_expression"):
            value = self.field.to_python(value)
        instance.__dict__[self.field.attname] = value
