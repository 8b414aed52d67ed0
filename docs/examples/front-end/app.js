// Decides what to show: the draft whose code the address carries, a document, or the list of partners.

import { exchangeCode, getDocument, listPartners } from "./api.js";
import { linkTo, showDocument } from "./documents.js";
import { element, list } from "./elements.js";

const messages = {
  sv: { draft: "Det här är ett utkast. Ingen annan ser det.", partners: "Samarbetspartner" },
  en: { draft: "This is a draft. Nobody else sees it.", partners: "Partners" },
};

const address = new URL(location.href);
const resource = address.searchParams.get("resource") ?? "partners";
const id = address.searchParams.get("id");
const locale = address.searchParams.get("locale") ?? "sv";
const code = address.searchParams.get("code");
const text = messages[locale] ?? messages.en;
const main = document.getElementById("main");

function showLanguages(translations) {
  const links = translations.map((other) => {
    const to = new URL(address);
    to.searchParams.set("locale", other.locale);
    return element("a", { href: to.search, hreflang: other.locale, lang: other.locale }, other.locale);
  });
  document.getElementById("languages").replaceChildren(...links);
}

async function show() {
  document.documentElement.lang = locale;
  if (!id) {
    const partners = await listPartners(locale);
    document.title = text.partners;
    main.replaceChildren(element("h1", {}, text.partners), list(partners.items.map(linkTo)) ?? "");
    showLanguages(Object.keys(messages).map((each) => ({ locale: each })));
    return;
  }
  let token;
  if (code) {
    // A used code is of no use to anybody: out of the address and the history with it.
    address.searchParams.delete("code");
    history.replaceState(null, "", address);
    token = await exchangeCode(code);
  }
  const item = await getDocument(resource, id, { token, locale });
  document.title = item.title ?? item.name;
  const draft = document.getElementById("draft");
  draft.textContent = text.draft;
  draft.hidden = !token;
  main.replaceChildren(...showDocument(item));
  showLanguages(item.translations);
}

// Within the admin's preview panel: keep the place on the page when the next draft replaces this one.
function keepScrollPosition() {
  if (window.parent === window) return;
  const tell = (message) => window.parent.postMessage({ wagtail: { ...message, origin: location.origin } }, "*");
  window.addEventListener("message", ({ data }) => {
    const message = data?.wagtail;
    if (message?.type === "w-preview:get-scroll-position") {
      tell({ type: "w-preview:set-scroll-position", x: window.scrollX, y: window.scrollY });
    } else if (message?.type === "w-preview:set-scroll-position") {
      window.scrollTo({ left: message.x, top: message.y, behavior: "instant" });
    }
  });
  tell({ type: "w-preview:request-scroll" });
}

show()
  .catch((error) => main.replaceChildren(element("h1", {}, String(error.status ?? "")), element("p", {}, error.message)))
  .finally(keepScrollPosition);
