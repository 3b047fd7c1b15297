"""Forms of the gallery: one long, one short; one with errors."""

from typing import Any

from django import forms


class Quick(forms.Form):
    name = forms.CharField(label="Name", max_length=120, help_text="A person, or a company.")
    company = forms.CharField(label="Works at", required=False)
    phone = forms.CharField(label="Mobile", required=False, widget=forms.TextInput({"type": "tel"}))
    email = forms.EmailField(label="E-mail", required=False)


class Full(forms.Form):
    kind = forms.ChoiceField(
        label="This is",
        choices=[("person", "A person"), ("company", "A company")],
        widget=forms.RadioSelect,
        initial="person",
    )
    given = forms.CharField(label="Given name", max_length=80)
    family = forms.CharField(label="Family name", max_length=80, required=False)
    title = forms.CharField(label="Job title", required=False)
    type = forms.ChoiceField(
        label="Type",
        choices=[("", ""), ("c", "Customer"), ("v", "Vendor")],
        widget=forms.Select({"data-choice": ""}),
    )
    tags = forms.MultipleChoiceField(
        label="Tags",
        required=False,
        choices=[("k", "key"), ("e", "export"), ("v", "vip")],
        initial=["k"],
        widget=forms.SelectMultiple({"data-choice": "", "data-create": ""}),
    )
    email = forms.EmailField(
        label="E-mail", required=False, help_text="Where the confirmation goes."
    )
    born = forms.DateField(
        label="Date of birth", required=False, help_text="12.3.1985, 12 Mar 1985 or 1985-03-12."
    )
    important = forms.BooleanField(label="Important", required=False)
    remarks = forms.CharField(label="Remarks", required=False, widget=forms.Textarea({"rows": 3}))  # fmt: skip


def full() -> Full:
    return Full({"kind": "person", "given": "", "family": "Smithson", "email": "anjali@", "type": "c", "tags": ["k", "v"], "born": "31.2.1985"})  # fmt: skip


GROUPS: list[tuple[str, str, list[str]]] = [
    ("who", "Business card", ["kind", "given", "family", "title", "type", "tags"]),
    ("reach", "Reach", ["email"]),
    ("more", "More", ["born", "important", "remarks"]),
]


def sections(form: Full) -> list[dict[str, Any]]:
    return [
        {"id": key, "label": label, "fields": [form[n] for n in names], "bad": any(form[n].errors for n in names)}
        for key, label, names in GROUPS
    ]  # fmt: skip
