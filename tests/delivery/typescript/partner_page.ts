// Renders the whole partner page from one request; the compiler proves that no type of block is forgotten.
import type { components, operations } from "./api";

type Schemas = components["schemas"];
type Partner = operations["get_partner"]["responses"]["200"]["content"]["application/json"];
type Problem = operations["get_partner"]["responses"]["404"]["content"]["application/problem+json"];
type Block = Schemas["Block"];

function never(block: never): never {
  throw new Error(`No such block is known here: ${JSON.stringify(block)}`);
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function link(ref: Schemas["Ref"] | null): string {
  if (ref === null) return "";
  const title = escape(ref.title);
  return ref.url === null ? title : `<a href="${escape(ref.url)}" lang="${ref.locale}">${title}</a>`;
}

function strategy(shown: Schemas["EmbeddedStrategy"]): string {
  const title = escape(shown.title);
  return shown.url === null ? title : `<a href="${escape(shown.url)}" lang="${shown.locale}">${title}</a>`;
}

function image(shown: Schemas["Image"] | null): string {
  if (shown === null) return "";
  const sources = shown.sources.map((source) => {
    const candidates = source.srcset.map((candidate) => `${candidate.url} ${candidate.width}w`);
    return `<source type="${source.type}" srcset="${candidates.join(", ")}">`;
  });
  const size = `width="${shown.width}" height="${shown.height}"`;
  const focus = shown.focal_point === null ? "" : `data-x="${shown.focal_point.x}"`;
  return `<picture>${sources.join("")}<img src="${shown.src}" alt="${escape(shown.alt)}" ${size} ${focus}></picture>`;
}

function files(documents: Schemas["Document"][]): string {
  return documents.map((file) => `<a href="${file.url}" type="${file.type}">${escape(file.title)}</a>`).join("");
}

function cell(value: Schemas["TableBlock"]["rows"][number][number]): string {
  switch (value.type) {
    case "text":
      return escape(value.text);
    case "rich_text":
      return value.rich_text.html;
    case "number":
      return value.number ?? "";
    default:
      return never(value);
  }
}

function target(to: Schemas["ContentLink"]["target"]): string {
  switch (to.type) {
    case "page":
      return to.page.url ?? "";
    case "url":
      return to.url;
    case "document":
      return to.document.url;
    default:
      return never(to);
  }
}

function render(block: Block): string {
  switch (block.type) {
    case "section":
      return `<h${block.level + 1}>${escape(block.heading)}</h${block.level + 1}>${block.content.map(render).join("")}`;
    case "rich_text":
      return block.text.html;
    case "list":
      return block.items.map((item) => `<li>${escape(item.name)}: ${escape(item.description)}</li>`).join("");
    case "quote":
      return `<blockquote>${escape(block.quotation)}</blockquote>${escape(block.person)}`;
    case "milestone":
      return `<time datetime="${block.date?.value ?? ""}">${escape(block.what)}</time>`;
    case "fact_box":
      return `<aside>${escape(block.heading)}${block.text.html}</aside>`;
    case "image":
      return image(block.image);
    case "table":
      return block.rows.map((row) => `<tr>${row.map(cell).join("")}</tr>`).join("");
    case "embed":
      return `<a href="${block.url}">${escape(block.url)}</a>`;
    case "link_list":
      return block.links.map((to) => `<a href="${target(to.target)}">${escape(to.text)}</a>`).join("");
    case "document_list":
      return files(block.documents);
    case "agreement":
      return escape(block.introduction) + link(block.agreement);
    case "partner":
      return escape(block.introduction) + link(block.partner);
    case "strategy":
      return escape(block.introduction) + link(block.strategy);
    case "contact":
      return escape(block.invitation) + link(block.contact);
    case "agreement_list":
      return `<a href="${block.list.href}">${escape(block.heading)}</a>`;
    case "partner_list":
      return `<a href="${block.list.href}">${escape(block.heading)}</a>`;
    //HOST
    default:
      return never(block);
  }
}

function contact(shown: Schemas["AgreementContact"] | Schemas["PartnerContact"]): string {
  const phone = shown.phone === null ? "" : `<a href="${shown.phone.uri}">${shown.phone.display}</a>`;
  return [escape(shown.name), escape(shown.role), phone, escape(shown.email ?? ""), image(shown.photo)].join(" ");
}

function agreement(shown: Schemas["EmbeddedAgreement"]): string {
  const signed: string | undefined = shown.period.signed?.value;
  const ends: string = shown.period.end.kind === "date" ? (shown.period.end.date?.latest ?? "") : shown.period.end.kind;
  const terminated: string = shown.period.terminated?.value ?? "";
  const parties = shown.parties.map((party) => (party.partner === null ? escape(party.name) : link(party.partner)));
  return [
    `<h2>${escape(shown.heading)}</h2><p>${escape(shown.purpose)}</p>${shown.status.label} ${signed ?? ""} ${ends} ${terminated}`,
    ...parties,
    ...shown.areas.map((area) => escape(area.name)),
    ...shown.examples.map((example) => escape(example.name)),
    ...shown.strategies.map(strategy),
    ...shown.content.map(render),
    ...shown.contacts.map(contact),
    files(shown.documents),
  ].join("\n");
}

export async function partnerPage(site: string, id: string): Promise<string> {
  const query: operations["get_partner"]["parameters"]["query"] = { locale: "en", fallback: "source" };
  const response = await fetch(`${site}/delivery/v1/partners/${id}?${new URLSearchParams({ ...query })}`);
  if (!response.ok) {
    const problem = (await response.json()) as Problem;
    throw new Error(`${problem.title}: ${problem.detail} ${(problem.errors ?? []).map((error) => error.parameter)}`);
  }
  const partner = (await response.json()) as Partner;
  return [
    `<h1 lang="${partner.locale}">${escape(partner.title)}</h1>`,
    image(partner.logo),
    partner.introduction.html,
    ...partner.content.map(render),
    ...partner.agreements.map(agreement),
    escape(partner.contact_invitation),
    ...partner.contacts.map(contact),
    ...partner.strategies.map(strategy),
    ...partner.related_partners.map(link),
    ...partner.former_names.map((former) => escape(former.name)),
  ].join("\n");
}

// A list tells by its view which form its documents have.
type PartnerList = operations["list_partners"]["responses"]["200"]["content"]["application/json"];

export function titles(list: PartnerList): string[] {
  switch (list.view) {
    case "summary":
      return list.items.map((item) => item.title);
    case "full":
      return list.items.map((item) => `${item.title} ${item.agreements.length}`);
    case "fields":
      return list.items.map((item) => item.title ?? item.id);
    default:
      return never(list);
  }
}
