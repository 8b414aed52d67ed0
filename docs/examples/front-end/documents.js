// Shows one document: a partner with everything that its page holds, or in short any other kind.

import { renderBlocks } from "./blocks.js";
import { element, html, list, part } from "./elements.js";

const words = {
  sv: { agreements: "Avtal", contacts: "Kontakt", strategies: "Strategier", related: "Andra partner", signed: "Undertecknat",
        end: "Gäller till", parties: "Parter", until_further_notice: "tills vidare", status: "Status" },
  en: { agreements: "Agreements", contacts: "Contact", strategies: "Strategies", related: "Other partners", signed: "Signed",
        end: "Valid until", parties: "Parties", until_further_notice: "until further notice", status: "Status" },
};

export const wordsIn = (locale) => words[locale] ?? words.en;

// A part in another language than the page says so, to those who hear it read.
const inLanguage = (made, item, page) => {
  if (item.locale !== page.locale) made.lang = item.locale;
  return made;
};

function showContact(contact) {
  return element("li", {},
    element("strong", {}, contact.name),
    [contact.role, contact.unit].filter(Boolean).map((text) => `, ${text}`),
    contact.when_to_contact ? element("p", {}, contact.when_to_contact) : null,
    contact.phone ? [" ", element("a", { href: contact.phone.uri }, contact.phone.display)] : null,
    contact.email ? [" ", element("a", { href: `mailto:${contact.email}` }, contact.email)] : null);
}

const showContacts = (contacts) => (contacts.length ? element("ul", {}, contacts.map(showContact)) : null);

function showPeriod(agreement, text) {
  const { signed, end } = agreement.period;
  const facts = [
    agreement.has_dates ? [text.status, agreement.status.label] : null,
    signed ? [text.signed, signed.value] : null,
    end.date ? [text.end, end.date.value] : null,
    end.kind === "until_further_notice" ? [text.end, text.until_further_notice] : null,
    [text.parties, agreement.parties.map((party) => party.name).join(", ")],
  ].filter(Boolean);
  return element("dl", {}, facts.map(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
}

function showAgreement(agreement, page, text) {
  const made = element("article", {},
    element("h3", {}, agreement.title),
    agreement.purpose ? element("p", {}, agreement.purpose) : null,
    showPeriod(agreement, text),
    renderBlocks(agreement.content, 4),
    agreement.contact_invitation ? element("p", {}, agreement.contact_invitation) : null,
    showContacts(agreement.contacts));
  return inLanguage(made, agreement, page);
}

function showPartner(partner) {
  const text = wordsIn(partner.locale);
  return [
    element("h1", {}, partner.title),
    html(partner.introduction),
    renderBlocks(partner.content),
    part(text.agreements, partner.agreements.map((agreement) => showAgreement(agreement, partner, text))),
    part(text.contacts, showContacts(partner.contacts)),
    part(text.strategies, list(partner.strategies.map((strategy) => strategy.title))),
    part(text.related, list(partner.related_partners.map((other) => linkTo(other)))),
  ];
}

function showAgreementPage(agreement) {
  const text = wordsIn(agreement.locale);
  const shown = showAgreement(agreement, agreement, text);
  shown.firstChild.remove();
  return [element("h1", {}, agreement.title), shown];
}

const showAny = (item) => [
  element("h1", {}, item.title ?? item.name),
  item.introduction ? html(item.introduction) : null,
  item.summary ? element("p", {}, item.summary) : null,
  item.phone || item.email ? element("ul", {}, showContact(item)) : null,
  item.content ? renderBlocks(item.content) : null,
];

const shows = { partner: showPartner, agreement: showAgreementPage };

export const showDocument = (item) => (shows[item.resource] ?? showAny)(item).flat().filter(Boolean);

export const linkTo = (partner) =>
  element("a", { href: `?resource=partners&id=${partner.id}&locale=${partner.locale}` }, partner.title);
