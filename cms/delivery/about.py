"""What the contract says of itself: purpose, terms, limits and how to stay current, in English and in Swedish."""

#: The parts of the API, in the order in which a newcomer meets them.
TAGS = [
    {"name": "partners", "description": "Organisations that the site's owner works with."},
    {"name": "agreements", "description": "What they have agreed on: written once, shown on every party's page."},
    {"name": "strategies", "description": "What partners and agreements work towards."},
    {"name": "contacts", "description": "Whom to ask: a person or an office."},
    {"name": "pages", "description": "Every other page of the site."},
    {"name": "site", "description": "The site itself: its addresses, settings, codes and search."},
    {"name": "previews", "description": "Drafts, for the front end that shows an editor's preview."},
    {"name": "changes", "description": "What changed, for those who hold a copy."},
]

ABOUT = """\
Public, read-only JSON about a public organisation's partners and agreements. One request gives everything that \
a page shows, in Swedish or English, and a copy need never be stale.

**Methods.** GET, HEAD and OPTIONS, and POST for the code of a preview; anything else is answered \
with 405. No key is needed, and no cookie is read or set. Scripts of any site may read every answer (CORS).

**Names.** Fields are in snake_case. `resource` names the kind of a document, `type` that of a block. A coded \
value is `{{code, label}}`: filters take the code, readers get the label in the document's language; \
`{mount}/vocabularies` lists all codes. Times are RFC 3339 in UTC. A partial date is known to the year, the \
month or the day.

**Ids** are the same in every language, and for ever. What has been removed answers 410.

**Languages.** `locale` asks for one. What is not translated answers 404, or with `fallback=source` in the \
language that it was written in.

**Staying current.** Every answer bears an `ETag`, a `Content-Version` and a `Cache-Tag`. Ask again with \
`If-None-Match`, and an unchanged answer is 304 without a body. With `cv=` and the current version, an answer \
may be kept for a year; with another it is 307 to the current one. To hold a copy of everything, note the \
`Content-Version`, load the lists with `sort=id&view=full`, and follow `{mount}/changes?since=` from that \
version: fetch again whatever came with one of an item's `tags`.

**Errors** are problem details (RFC 9457, `application/problem+json`). 400: a parameter is unknown or does not \
fit, and `errors` names it and what is known. 404: nothing public stands there. 405: not a method of this API. \
410: removed, or, in the feed, older than the 90 days that are kept. 5xx: a fault of ours; try again after some \
seconds.

**Known limits.** A page of a list holds 100 documents at most, and `page` ends at 1,000,000. `id` and other \
lists of ids take 100 values, `q` 200 characters, of which the first ten words count. A partner shows its first \
50 agreements. Swedish and English words are found by their stem, compounds are not split. Contacts are no list \
unless the site opens it.

**Service level.** The site is served as a public web site is, around the clock and without promised times of \
answer; nobody is cut off for asking often, and a client that asks with `If-None-Match` or follows the feed \
costs next to nothing. Version 1 only grows: fields, codes and types of blocks may come, and nothing goes. A \
version that ends says so in `{mount}/api-info` (`apiStatus: deprecated`) for at least six months.

**Contact and licence.** `{mount}/settings` names the organisation, its security contact and the licence of its \
data; the document that you read does so above.

---

**På svenska.** Öppna data, i JSON och bara för läsning, om en offentlig organisations samarbetspartner och \
avtal. En förfrågan ger allt som en sida visar, på svenska eller engelska. Ingen nyckel behövs, och inga kakor \
används.

*Fel* besvaras med `application/problem+json`: 400 en parameter är okänd eller har ett värde som inte passar, \
404 inget publicerat finns där, 405 annan metod än GET, HEAD och OPTIONS, 410 borttaget eller äldre än de 90 \
dagar som ändringsflödet sparas, 5xx fel hos oss. *Begränsningar:* högst 100 dokument per sida, 100 id:n per \
förfrågan och 200 tecken i en sökning. *Servicenivå:* tjänsten finns dygnet runt utan utlovade svarstider, som \
en webbplats, och version 1 ändras bara genom tillägg. En version som ska upphöra anges som `deprecated` i \
`{mount}/api-info` minst sex månader i förväg. *Kontakt och licens:* organisationen, dess säkerhetskontakt och \
licensen för dess data står i `{mount}/settings`.
"""
