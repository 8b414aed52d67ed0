"""The four roles of an editorial office as groups, and the workflow that leads from the author to the editor.

Setting up adds what is missing and takes nothing away: a site may give its groups more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from ..snippets.models import Contact, Strategy
from .models import AgreementIndexPage
from .officers import MANAGE_AGREEMENTS

RowT = TypeVar("RowT", bound=models.Model)

WORKFLOW_NAME = _("From author to editor")
TASK_NAME = _("Approval by an editor")


class Pages(Enum):
    """The pages that a role works on."""

    SOURCE = "in the source language"
    TRANSLATIONS = "in the other languages"
    ALL = "in every language"
    AGREEMENTS = "agreements in the source language"


# Compared as itself: a hash of its name would change with the language that is active.
@dataclass(frozen=True, eq=False)
class Role:
    """What a group may do; ``snippets`` are actions on contacts and strategies, ``files`` on images and documents."""

    name: Promise
    pages: Pages
    page_actions: tuple[str, ...]
    snippets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


ADMIN = "wagtailadmin.access_admin"
TRANSLATE = "wagtail_localize.submit_translation"

AUTHOR = Role(_("Authors"), Pages.SOURCE, ("add", "change"), ("add", "change"), ("add", "choose"))
EDITOR = Role(
    _("Editors"),
    Pages.ALL,
    ("add", "change", "publish", "lock", "unlock"),
    ("add", "change", "delete", "publish", "lock", "unlock"),
    ("add", "change", "choose"),
    (TRANSLATE,),
)
TRANSLATOR = Role(_("Translators"), Pages.TRANSLATIONS, ("change", "publish"), ("change", "publish"), (), (TRANSLATE,))
OFFICER = Role(
    _("Agreement officers"),
    Pages.AGREEMENTS,
    ("add", "change", "publish", "lock", "unlock"),
    ("add", "change"),
    ("add", "change", "choose"),
    (MANAGE_AGREEMENTS,),
)
ROLES = (AUTHOR, EDITOR, TRANSLATOR, OFFICER)


@transaction.atomic
def set_up_roles() -> dict[Role, Group]:
    """Make the groups and the workflow, or complete them. Raises LookupError on a site without any page."""
    if not Site.objects.exists():
        raise LookupError("There is no site yet: make its home page first.")
    with translation.override(_language()):
        groups = {role: _set_up_group(role) for role in ROLES}
        _set_up_workflow(groups[EDITOR])
    return groups


def _set_up_group(role: Role) -> Group:
    group = _named(Group, role.name)
    names = [ADMIN, *role.others]
    for model in (Contact, Strategy):
        names += [f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in role.snippets]
    group.permissions.add(*_permissions(names))
    for page in _pages(role.pages):
        for permission in _permissions(f"wagtailcore.{action}_page" for action in role.page_actions):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    root = Collection.get_first_root_node()
    for file_model in (get_image_model(), get_document_model()):
        options = file_model._meta
        for permission in _permissions(f"{options.app_label}.{verb}_{options.model_name}" for verb in role.files):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    return group


def _language() -> str:
    """Return the language to name all of it in: the one that it was set up in before, or else the site's own.

    The workflow tells, whose name is nobody else's: Wagtail comes with a group "Editors", which may change any page.
    """
    for code in dict.fromkeys([settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)]):
        with translation.override(code):
            if Workflow.objects.filter(name=str(WORKFLOW_NAME)).exists():
                return code
    return settings.LANGUAGE_CODE


def _named(model: type[RowT], name: Promise) -> RowT:
    """Return the row of that name in the present language, or make it."""
    row = model._default_manager.filter(name=str(name)).order_by("pk").first()
    return row or model._default_manager.create(name=str(name))


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Find permissions by their whole names. Raises LookupError for one that the installed apps do not have."""
    found = []
    for name in names:
        app_label, codename = name.split(".")
        permission = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
        if permission is None:
            raise LookupError(f"The permission {name} is missing: run manage.py migrate first.")
        found.append(permission)
    return found


def _pages(kind: Pages) -> list[Page]:
    source = Locale.get_default()
    roots = Site.objects.values("root_page__translation_key")
    homes = Page.objects.filter(translation_key__in=roots, alias_of__isnull=True)
    if kind is Pages.AGREEMENTS:
        return list(AgreementIndexPage.objects.filter(locale=source, alias_of__isnull=True))
    if kind is Pages.SOURCE:
        return list(homes.filter(locale=source))
    return list(homes.exclude(locale=source) if kind is Pages.TRANSLATIONS else homes)


def _set_up_workflow(editors: Group) -> None:
    """Send what authors submit to the editors, each of whom gets an e-mail."""
    task = _named(GroupApprovalTask, TASK_NAME)
    task.groups.add(editors)
    workflow = _named(Workflow, WORKFLOW_NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    for page in _pages(Pages.SOURCE):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    for content_type in ContentType.objects.get_for_models(Contact, Strategy).values():
        WorkflowContentType.objects.get_or_create(content_type=content_type, defaults={"workflow": workflow})
