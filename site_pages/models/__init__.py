"""The page types of partners and agreements, and the settings of the site that shows them."""

from .agreement_rows import (
    AgreementContact,
    AgreementDocument,
    AgreementParty,
    AgreementSignatory,
    AgreementStrategy,
    AgreementTypeChoice,
)
from .agreements import AgreementIndexPage, AgreementPage
from .calendars import CalendarKey
from .home import HomePage
from .organisation import OrganisationName, PartnershipSettings
from .partners import (
    FormerName,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
    PartnerStrategy,
    RelatedPartner,
)
from .reminders import Reminder, ReminderMail
from .search import SearchText

__all__ = [
    "AgreementContact",
    "AgreementDocument",
    "AgreementIndexPage",
    "AgreementPage",
    "AgreementParty",
    "AgreementSignatory",
    "AgreementStrategy",
    "AgreementTypeChoice",
    "CalendarKey",
    "FormerName",
    "HomePage",
    "OrganisationName",
    "PartnerContact",
    "PartnerIndexPage",
    "PartnerPage",
    "PartnerStrategy",
    "PartnershipSettings",
    "RelatedPartner",
    "Reminder",
    "ReminderMail",
    "SearchText",
]
