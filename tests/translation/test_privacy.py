"""A translation is as private as its source."""

from django.contrib.auth.models import Group

from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

import pytest

from tests.factories import PartnerPageFactory, SiteTree, translated
from wagtail_partnerships.site_pages.models import PartnerPage

from .translator import publish, submit, translate

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site_tree")]

LOGIN, PASSWORD, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS


def restrict(page: Page, kind: str = LOGIN, password: str = "", groups: tuple[Group, ...] = ()) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password=password)
    restriction.groups.set(groups)
    return restriction


def protections(page: Page) -> list[tuple[str, str, list[str]]]:
    """What protects a page, from the top down: kind, password, names of groups."""
    return [
        (row.restriction_type, row.password, sorted(row.groups.values_list("name", flat=True)))
        for row in page.get_view_restrictions().order_by("page__depth", "pk")
    ]


def test_restricted_source_restricts_its_translation(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    group = Group.objects.create(name="Avtal")

    restrict(partner, GROUPS, groups=(group,))

    assert protections(page) == [(GROUPS, "", ["Avtal"])]
    assert not PartnerPage.objects.public().exists()


def test_changed_restriction_changes_in_the_translation(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restriction = restrict(partner, PASSWORD, "sommar")

    restriction.password = "vinter"
    restriction.save()
    assert protections(page) == [(PASSWORD, "vinter", [])]

    restriction.restriction_type, restriction.password = GROUPS, ""
    restriction.save()
    first, second = Group.objects.create(name="A"), Group.objects.create(name="B")
    restriction.groups.set([first, second])
    assert protections(page) == [(GROUPS, "", ["A", "B"])]

    restriction.groups.remove(first)
    assert protections(page) == [(GROUPS, "", ["B"])]


def test_lifted_restriction_is_lifted_in_the_translation(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restriction = restrict(partner, GROUPS, groups=(Group.objects.create(name="Avtal"),))

    restriction.delete()

    assert protections(page) == []


def test_restriction_of_one_translation_alone_stays(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restrict(page, PASSWORD, "only English")

    restrict(partner).delete()

    assert protections(page) == [(PASSWORD, "only English", [])]
    assert protections(partner) == []


def test_restriction_above_the_source_protects_the_translation_by_the_page_above(
    site_tree: SiteTree, english: Locale
) -> None:
    page = translated(PartnerPageFactory(), english)

    restriction = restrict(site_tree.swedish.partners)

    assert protections(page) == [(LOGIN, "", [])]
    assert PageViewRestriction.objects.filter(page=site_tree.english.partners).count() == 1
    assert not PageViewRestriction.objects.filter(page=page).exists()

    restriction.delete()
    assert not PageViewRestriction.objects.exists()


def test_translation_that_lives_elsewhere_is_protected_by_itself(site_tree: SiteTree, english: Locale) -> None:
    page = translated(PartnerPageFactory(), english)
    page.move(site_tree.english.home, pos="last-child")
    page = PartnerPage.objects.get(pk=page.pk)

    restriction = restrict(site_tree.swedish.partners)
    assert protections(page) == [(LOGIN, "", [])]

    restriction.delete()
    assert protections(page) == []


def test_page_moved_below_a_restricted_one_is_restricted_in_english_until_it_leaves(
    site_tree: SiteTree, english: Locale
) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restrict(site_tree.swedish.agreements)

    partner.move(site_tree.swedish.agreements, pos="last-child")
    assert protections(page) == [(LOGIN, "", [])]

    PartnerPage.objects.get(pk=partner.pk).move(site_tree.swedish.partners, pos="last-child")
    assert protections(page) == []


def test_translation_moved_out_of_a_restricted_branch_stays_restricted(site_tree: SiteTree, english: Locale) -> None:
    page = translated(PartnerPageFactory(), english)
    restrict(site_tree.swedish.partners)

    page.move(site_tree.english.home, pos="last-child")

    assert protections(PartnerPage.objects.get(pk=page.pk)) == [(LOGIN, "", [])]


def test_translation_made_later_is_restricted_from_its_first_moment(english: Locale) -> None:
    partner = PartnerPageFactory()
    group = Group.objects.create(name="Avtal")
    restrict(partner, GROUPS, groups=(group,))

    translate(partner, english)

    assert protections(PartnerPage.objects.get(locale=english)) == [(GROUPS, "", ["Avtal"])]


@pytest.fixture
def hosts_section(site_tree: SiteTree, english: Locale) -> tuple[Page, Page]:
    """A restricted page of the host's own in Swedish, and its English translation, which nothing restricts."""
    section = site_tree.swedish.home.add_child(instance=Page(title="Internt", slug="internt"))
    page = translated(section, english, slug="internal")
    restrict(section)
    assert protections(page) == []
    return section, page


def test_translation_below_a_hosts_own_page_is_restricted_while_it_is_a_draft(
    hosts_section: tuple[Page, Page], english: Locale
) -> None:
    partner = PartnerPageFactory(parent=hosts_section[0])

    page = translated(partner, english, publish=False)

    assert protections(page) == [(LOGIN, "", [])]


def test_translation_that_was_not_copied_is_restricted_when_published(
    hosts_section: tuple[Page, Page], english: Locale
) -> None:
    section, english_section = hosts_section
    partner = PartnerPageFactory(parent=section)
    page = PartnerPageFactory(
        parent=english_section, locale=english, translation_key=partner.translation_key, live=False
    )

    page.save_revision().publish()

    assert protections(page) == [(LOGIN, "", [])]


def test_protection_survives_the_translators_publish(site_tree: SiteTree, english: Locale) -> None:
    partner = PartnerPageFactory()
    translation = submit(partner, english)
    PartnerPage.objects.get(locale=english).move(site_tree.english.home, pos="last-child")
    restrict(site_tree.swedish.partners)

    publish(translation)

    page = PartnerPage.objects.get(locale=english)
    assert (page.live, protections(page)) == (True, [(LOGIN, "", [])])


def test_protection_lifted_by_hand_from_a_translation_is_put_back(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restrict(partner)

    PageViewRestriction.objects.get(page=page).delete()

    assert protections(page) == [(LOGIN, "", [])]


def test_restricted_page_can_be_deleted_in_both_languages(english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    restrict(partner)

    page.delete()
    assert PageViewRestriction.objects.get().page_id == partner.pk

    partner.delete()
    assert not PageViewRestriction.objects.exists()


def test_every_language_is_restricted(english: Locale, site_tree: SiteTree) -> None:
    finnish = Locale.objects.create(language_code="fi")
    partner = PartnerPageFactory()
    translated(partner, english)
    translated(site_tree.swedish.home, finnish, slug="finska")
    translated(site_tree.swedish.partners, finnish)
    page = translated(partner, finnish)

    restrict(partner)

    assert protections(page) == [(LOGIN, "", [])]


def test_collections_are_no_business_of_translations(english: Locale) -> None:
    page = translated(PartnerPageFactory(), english)

    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )

    assert protections(page) == []


def test_alias_is_as_private_as_the_page_that_it_mirrors(site_tree: SiteTree, english: Locale) -> None:
    partner = PartnerPageFactory()
    page = translated(partner, english)
    alias = page.create_alias(parent=site_tree.english.agreements, update_slug="alias")

    restrict(partner)

    assert protections(alias) == [(LOGIN, "", [])]
    assert not PageViewRestriction.objects.filter(page=alias).exists()
