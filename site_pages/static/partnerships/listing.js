// Narrows a list down without loading the page anew. Without this script the same links and forms do the same.
(() => {
  "use strict";
  const find = (root) => root.querySelector("[data-listing]");
  if (!find(document) || !window.fetch || !window.DOMParser) return;
  let asked;

  const show = async (address, remember) => {
    asked?.abort();
    asked = new AbortController();
    const results = find(document).querySelector(".results");
    results?.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error(String(response.status));
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = find(page);
      if (!fresh) throw new Error("no list");
      const opened = find(document).querySelector(".facets details")?.open;
      find(document).replaceWith(fresh);
      const details = fresh.querySelector(".facets details");
      if (details && opened !== undefined) details.open = opened;
      document.title = page.title;
      if (remember) history.pushState({ listing: true }, "", address);
      // The heading tells how many there are now: focus reads it out and is the place to go on from.
      fresh.querySelector("#results-heading")?.focus();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-listing] a[href^='?']");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href, true);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-listing-form]");
    if (!form) return;
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name);
    show(`${form.getAttribute("action")}?${query}`, true);
  });

  addEventListener("popstate", () => show(location.href, false));
})();
