/** One element as the page writes it, in order; `text` is what stands between this tag and the next. */
export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly depth: number;
  /** All text inside, entities read. */
  text: string;
}

const VOID = new Set(["meta", "link", "input", "br", "wbr", "rect", "img"]);
const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/**
 * Reads the strict HTML our pages write: quoted attributes, every element closed in turn. Throws on all else, so a
 * page that parses here is well-formed; a browser would mend what is not and hide it.
 */
export function readHtml(page: string): Tag[] {
  const found: Tag[] = [];
  const open: Tag[] = [];
  let rest = page.replace(/^<!doctype html>\n/, "");
  if (rest === page) throw new Error("no doctype");
  while (rest !== "") {
    const text = /^[^<>]+/.exec(rest)?.[0];
    if (text !== undefined) {
      const plain = readText(text);
      for (const tag of open) tag.text += plain;
      rest = rest.slice(text.length);
      continue;
    }
    const close = /^<\/([a-z][a-z0-9]*)>/.exec(rest);
    if (close) {
      const last = open.pop();
      if (last?.name !== close[1]) throw new Error(`</${close[1]}> closes <${last?.name}>`);
      rest = rest.slice(close[0].length);
      continue;
    }
    const start = /^<([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*(?:="[^"<>]*")?)*)(\/?)>/i.exec(rest);
    if (!start) throw new Error(`not understood: ${rest.slice(0, 120)}`);
    const [whole, name = "", attributes = "", selfClosed] = start;
    const tag: Tag = { name, attributes: readAttributes(attributes), depth: open.length, text: "" };
    found.push(tag);
    if (!VOID.has(name) && selfClosed === "") open.push(tag);
    rest = rest.slice(whole.length);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)?.name}> is never closed`);
  return found;
}

function readAttributes(source: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = "", value = ""] of source.matchAll(/ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)) {
    if (found.has(name)) throw new Error(`twice the attribute ${name}`);
    found.set(name, readText(value));
  }
  return found;
}

function readText(text: string): string {
  return text.replace(/&[^;\s]*;?/g, (entity) => {
    const letter = ENTITIES[entity];
    if (letter === undefined) throw new Error(`stray ${entity}`);
    return letter;
  });
}
