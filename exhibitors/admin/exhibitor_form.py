"""The form in which an organiser enters an exhibitor whole."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import ManyToManyField, Model
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.fields import RowsField
from exhibitors.admin.in_edition import EditionRowForm
from exhibitors.admin.widgets import FixedChoice, SelectManyInEdition, WrapperInEdition
from exhibitors.models import Booth, Exhibitor, Industry


class ExhibitorForm(EditionRowForm):
    """Industries and booths are fields of their own: the domain's verb saves them, not the form."""

    industry_list = RowsField(label=_("Industries"), queryset=Industry.objects.none(), required=False)
    booth_list = RowsField(
        label=_("Booths"),
        queryset=Booth.objects.none(),
        required=False,
        help_text=_("A booth without a number means 'in this hall, number to follow'."),
    )

    may_add: frozenset[type[Model]] = frozenset()
    """What the person at the form may make anew, where a choice misses it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        industries = Industry.objects.filter(edition=self.edition)
        booths = Booth.objects.filter(hall__edition=self.edition).select_related("hall")
        self._offer("industry_list", "industries", industries)
        self._offer("booth_list", "booths", booths)
        self._settle_state()

    def _offer(self, name: str, relation: str, rows: Any) -> None:
        if name not in self.fields:
            return  # an organiser who may only read gets no form fields
        model_field = cast(ManyToManyField, Exhibitor._meta.get_field(relation))
        field = cast(forms.ModelMultipleChoiceField, self.fields[name])
        select = SelectManyInEdition(model_field, admin.site)
        select.edition = self.edition
        relation_to = cast(Any, model_field.remote_field)
        may_add = relation_to.model in self.may_add
        wrapper = WrapperInEdition(select, relation_to, admin.site, can_add_related=may_add)
        wrapper.edition = self.edition
        field.widget = wrapper
        field.queryset = rows
        if self.instance.pk:
            self.initial[name] = list(getattr(self.instance, relation).all())

    def _settle_state(self) -> None:
        """A new exhibitor is a draft or public; later the state changes by the verbs that ask for a reason."""
        state = cast(forms.ChoiceField | None, self.fields.get("state"))
        if state is None:
            return
        if self.instance.pk is None:
            known = Exhibitor.State
            state.choices = [(choice.value, choice.label) for choice in (known.DRAFT, known.PUBLIC)]
            return
        state.disabled = True
        state.widget = FixedChoice(text=self.instance.get_state_display(), is_sent=False)
        if self.instance.is_public:
            self.fields["state_reason"].disabled = True
