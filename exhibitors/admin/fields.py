"""Form fields of pages that are no form of a model."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from exhibitors.admin.lookup import pk_or_none


class RowField(forms.ModelChoiceField):
    """A choice of one row; refuses what is no key before the database is asked for it."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and pk_or_none(str(value)) is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        return super().to_python(value)


class RowsField(forms.ModelMultipleChoiceField):
    """Refuses what is no key before the database is asked for it."""

    def clean(self, value: Any) -> Any:
        for key in value or ():
            if pk_or_none(str(key)) is None:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)
