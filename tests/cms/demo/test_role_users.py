"""The demo has a user for each role, who signs in with the demo's password."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client

from wagtail.models import WorkflowPage

import pytest

from tests.factories import SiteTree
from wagtail_partnerships.cms.demo.serve import prepare_roles
from wagtail_partnerships.site_pages.roles import AUTHOR, EDITOR, OFFICER, TRANSLATOR, set_up_roles

NAMES = ["author", "editor", "translator", "officer"]


def test_each_role_has_a_user_with_the_demos_password(
    site_tree: SiteTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "first")
    assert prepare_roles(tmp_path / "kept") == NAMES
    groups = set_up_roles()
    for name, role in zip(NAMES, (AUTHOR, EDITOR, TRANSLATOR, OFFICER), strict=True):
        user = User.objects.get(username=name)
        assert list(user.groups.all()) == [groups[role]]
        assert not user.is_superuser
        assert Client().login(username=name, password="first")
    assert WorkflowPage.objects.filter(page=site_tree.swedish.home).exists()
    monkeypatch.setenv("DEMO_PASSWORD", "second")
    assert prepare_roles(tmp_path / "kept") == NAMES
    assert Client().login(username="editor", password="second")


def test_a_password_changed_in_the_admin_stays(
    site_tree: SiteTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    kept = tmp_path / "kept"
    assert prepare_roles(kept) == []
    kept.write_text("generated")
    assert prepare_roles(kept) == NAMES
    editor = User.objects.get(username="editor")
    editor.set_password("my own")
    editor.save()
    assert prepare_roles(kept) == ["author", "translator", "officer"]
    assert Client().login(username="editor", password="my own")
