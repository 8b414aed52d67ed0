"""What the holder of a token is shown: the draft itself, and the newest drafts of what it embeds."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from wagtail.models import Page, Revision, Site
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from ....site_pages.visibility import below_site
from ..models import Preview


def draft_of(preview: Preview, site: Site) -> Any:
    """Return the row that the editor saw in the form; None if it has been deleted since or belongs to another site."""
    model: Any = preview.content_type.model_class()
    if not preview.object_pk:
        draft = model.from_serializable_data(preview.content)
    else:
        row = model._default_manager.filter(pk=preview.object_pk).first()
        draft = row.with_content_json(preview.content) if row else None
    return draft if draft is not None and _is_on(site, draft) else None


def _is_on(site: Site, row: Any) -> bool:
    if not isinstance(row, Page):
        return True
    # A page that was never saved has no row of its own to ask for: the one that it will stand below is.
    path = row.path if row.pk else row.path[: -row.steplen]
    return Page.objects.filter(below_site(site), path=path).exists()


class EditorsDrafts:
    """The newest drafts of the rows that an editor may edit; a row that was taken down stays down."""

    def __init__(self, user: Any, site: Site) -> None:
        self._user = user
        self._site = site

    def visible(self, model: type[Model]) -> Q:
        """Match the rows that were never published and that the editor may edit."""
        never_published = Q(live=False, first_published_at__isnull=True) & self._editable(model)
        return (
            never_published & below_site(self._site) & Q(alias_of=None) if issubclass(model, Page) else never_published
        )

    def newest(self, rows: list[Any]) -> list[Any]:
        """Return the same rows, each as its newest draft has it if the editor may edit it."""
        changed = [row for row in rows if row.latest_revision_id and (row.has_unpublished_changes or not row.live)]
        if not changed:
            return rows
        model = type(changed[0])
        pks = [row.pk for row in changed]
        editable = set(model._default_manager.filter(self._editable(model), pk__in=pks).values_list("pk", flat=True))
        revisions = Revision.objects.in_bulk([row.latest_revision_id for row in changed if row.pk in editable])
        return [
            _with(row, revisions[row.latest_revision_id]) if row.latest_revision_id in revisions else row
            for row in rows
        ]

    def _editable(self, model: type[Model]) -> Q:
        if issubclass(model, Page):
            pages = PagePermissionPolicy().instances_user_has_permission_for(self._user, "change")
            return Q(pk__in=pages.order_by().values("pk"))
        policy = policy_registry.get_by_type(model)
        may_edit = policy.user_has_permission(self._user, "change")
        return Q(pk__isnull=False) if may_edit else Q(pk__in=[])


def _with(row: Any, revision: Revision) -> Any:
    draft = row.with_content_json(revision.content)
    # What the query computed for the row, such as whether another agreement succeeds it, holds for its draft as well.
    for name, value in vars(row).items():
        vars(draft).setdefault(name, value)
    return draft
