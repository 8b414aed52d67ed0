// Makes elements. Text goes in as text; only the API's own `html` goes in as markup, which the CMS has cleaned.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export function html(richText) {
  const made = element("div");
  made.innerHTML = richText.html;
  return made;
}

// A heading and what it is the heading of; null if there is nothing.
export const part = (heading, ...children) => {
  const shown = children.flat(Infinity).filter(Boolean);
  return shown.length ? element("section", {}, heading ? element("h2", {}, heading) : null, shown) : null;
};

export const list = (items) => (items.length ? element("ul", {}, items.map((item) => element("li", {}, item))) : null);
