// Asks the delivery API: for what is published, or with a token for the draft that an editor previews.

const root = document.querySelector('meta[name="api"]').content.replace(/\/$/, "");

async function ask(path, { token, locale, ...options } = {}) {
  const address = new URL(root + path);
  if (locale) address.searchParams.set("locale", locale);
  const headers = { ...options.headers };
  if (token) headers.Authorization = `Bearer ${token}`;
  const response = await fetch(address, { ...options, headers, cache: token ? "no-store" : "default" });
  const body = await response.json();
  if (!response.ok) throw Object.assign(new Error(body.detail), { status: response.status });
  return body;
}

export const getDocument = (resource, id, options) =>
  ask(`/${encodeURIComponent(resource)}/${encodeURIComponent(id)}`, options);

export const listPartners = (locale) => ask("/partners", { locale });

// The code in the address is good for one exchange; the token stays in this page's memory and never in an address.
export async function exchangeCode(code) {
  const body = JSON.stringify({ code });
  const exchanged = await ask("/preview-tokens", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  return exchanged.token;
}
