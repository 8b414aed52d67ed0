# Run by `manage.py shell` in the host project: an editor's work, a visitor's page, a program's JSON.
import json
import re

from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import setup_test_environment

from wagtail.models import Locale

from home.models import HomePage

from wagtail_partnerships.site_pages.models import (
    AgreementIndexPage,
    AgreementPage,
    AgreementParty,
    AgreementTypeChoice,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
)
from wagtail_partnerships.snippets.models import Contact

setup_test_environment()


def expect(what, holds):
    if not holds:
        raise SystemExit(f"FAIL: {what}")
    print(f"ok: {what}")


home = HomePage.objects.get()
expect("the host's home page is in the default language", home.locale == Locale.objects.get(language_code="sv"))
partners = home.add_child(instance=PartnerIndexPage(title="Partner", slug="partner"))
agreements = home.add_child(instance=AgreementIndexPage(title="Avtal", slug="avtal"))
contact = Contact.objects.create(name="Kim Exempelsson", phone="08-465 004 12")
board = partners.add_child(
    instance=PartnerPage(
        title="Länsstyrelsen",
        slug="lansstyrelsen",
        organisation_type="government_agency",
        contacts=[PartnerContact(contact=contact)],
    )
)
agreements.add_child(
    instance=AgreementPage(
        title="Avsiktsförklaring",
        slug="avsiktsforklaring",
        signed="2014-01",
        purpose="Fördjupa samarbetet.",
        agreement_types=[AgreementTypeChoice(agreement_type="letter_of_intent")],
        parties=[AgreementParty(partner=board)],
    )
)

visitor = Client(headers={"host": "localhost"})
page = visitor.get("/sv/partner/lansstyrelsen/")
html = page.content.decode()
expect("the partner page is served", page.status_code == 200)
expect("it stands in the host's own base template", "mysite.js" in html)
expect("it shows agreement, purpose and contact", all(w in html for w in ("Fördjupa samarbetet.", "Kim Exempelsson")))
expect("the phone number can be dialled", "tel:+46846500412" in html)
for address in ("/sv/partner/", "/sv/avtal/", "/sv/avtal/avsiktsforklaring/", "/sv/sok/", "/en/strategies/"):
    expect(f"{address} is served", visitor.get(address).status_code == 200)
moved = visitor.get("/sv/search/?q=x")
expect("an address in another language's word leads on", (moved.status_code, moved.url) == (301, "/sv/sok/?q=x"))

answer = visitor.get(f"/delivery/v1/partners/{board.translation_key}")
document = json.loads(answer.content)
expect("the JSON is served", answer.status_code == 200)
expect("it names the partner and its agreement", document["title"] == "Länsstyrelsen" and document["agreements"])

docs = visitor.get("/delivery/v1/docs").content.decode()
scripts = re.findall(r'(?:src|href)="/static/([^"]+)"', docs)
expect("the API's documentation finds its files", scripts and all(finders.find(name) for name in scripts))

editor = Client(headers={"host": "localhost"})
editor.force_login(get_user_model().objects.create_superuser("editor", "editor@example.se", "x"))
for address in (
    f"/admin/pages/add/partnerships_pages/partnerpage/{partners.pk}/",
    f"/admin/pages/add/partnerships_pages/agreementpage/{agreements.pk}/",
    f"/admin/pages/{board.pk}/edit/",
    "/admin/snippets/partnerships_snippets/contact/",
    "/admin/snippets/partnerships_snippets/strategy/add/",
):
    expect(f"{address} opens", editor.get(address).status_code == 200)
