// Shows content blocks by their type. New types may come within v1: one that is unknown here is left out.

import { element, html, list } from "./elements.js";

const heading = (level, text) => (text ? element(`h${Math.min(level, 6)}`, {}, text) : null);

const target = (link) => link.target.page?.url ?? link.target.url ?? link.target.document?.url;

const renderers = {
  section: (block, level) =>
    element("section", {}, heading(level, block.heading), renderBlocks(block.content, level + 1)),
  rich_text: (block) => html(block.text),
  list: (block, level) => [
    heading(level, block.heading),
    block.introduction ? element("p", {}, block.introduction) : null,
    list(block.items.map((item) => (item.description ? `${item.name}: ${item.description}` : item.name))),
  ],
  quote: (block) => element("blockquote", {}, element("p", {}, block.quotation), block.person),
  milestone: (block) => element("p", {}, element("time", {}, block.date?.value ?? ""), ` ${block.what}`),
  fact_box: (block, level) => element("aside", {}, heading(level, block.heading), html(block.text)),
  image: ({ image }) =>
    image && element("figure", {},
      element("img", { src: image.src, width: image.width, height: image.height, alt: image.alt || " " }),
      image.caption ? element("figcaption", {}, image.caption) : null),
  link_list: (block, level) => [
    heading(level, block.heading),
    list(block.links.map((link) => element("a", { href: target(link) }, link.text))),
  ],
  document_list: (block, level) => [
    heading(level, block.heading),
    list(block.documents.map((file) => element("a", { href: file.url }, file.title))),
  ],
};

export const renderBlocks = (blocks, level = 2) =>
  blocks.flatMap((block) => renderers[block.type]?.(block, level) ?? []);
