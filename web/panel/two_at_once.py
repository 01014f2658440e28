"""Two people on one card: what the second one did not touch follows the card, what both changed is shown twice."""

from __future__ import annotations

import json
from collections.abc import Mapping

from db import phones
from db.models import Appeal
from web.panel.forms import CardForm

EDITED = {
    **{name: name for name in ("applicant", "phone", "street", "house", "building", "flat")},
    **{name: name for name in ("text", "urgency", "earlier_no")},
    "category": "category_code",
}
"""Field of the form -> column of the card."""


def shown(appeal: Appeal, usual: Mapping[str, int]) -> dict[str, str]:
    """Field -> what the form of this card begins with.

    Args:
        usual: category -> the executor that is proposed while none was chosen.
    """
    values = {field: str(getattr(appeal, column) or "") for field, column in EDITED.items()}
    return values | {
        "phone": phones.local(appeal.phone),
        "executor": str(appeal.executor_id or usual.get(appeal.category_code or "") or ""),
        "outcome": appeal.outcome,
    }


def written(values: dict[str, str]) -> str:
    """The beginning of a form, as the form carries it back."""
    return json.dumps(values, ensure_ascii=False)


def merge(form: CardForm, now: dict[str, str]) -> dict[str, str]:
    """Bring the fields that this operator left alone up to the card.

    Args:
        now: what a form of the card would begin with this moment (:func:`shown`).

    Returns:
        Field -> what stands in the card now, for the fields that both changed.
    """
    began = _began(form)
    both: dict[str, str] = {}
    for field, text in now.items():
        own = _plain(form[field].data)
        if own == _plain(began.get(field)):
            form[field].data = text
        elif _plain(text) not in (own, _plain(began.get(field))) and field in EDITED:
            both[field] = text
    form.began.data = written(now)
    return both


def _began(form: CardForm) -> dict[str, str]:
    """What the operator's form began with; nothing of it is believed but which fields are the operator's own."""
    try:
        began = json.loads(form.began.data or "{}")
    except ValueError:
        return {}
    return {str(field): str(text) for field, text in began.items()} if isinstance(began, dict) else {}


def _plain(text: str | None) -> str | None:
    """Browsers send line ends their own way, and forms are trimmed."""
    return None if text is None else text.replace("\r\n", "\n").strip()
