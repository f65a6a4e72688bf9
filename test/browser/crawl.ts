import type { BrowserContext, Page } from "playwright-core";
import type { AnyPage } from "../../src/web/page.ts";
import { findPage } from "../../src/web/router.ts";
import { PAGES } from "../../src/web/routes.ts";
import { watch } from "./browser.ts";

/** How many addresses of one route are opened: of each thing, two or three. */
const OF_EACH = 2;
const AT_ONCE = 3;
/** Of one page, milliseconds. */
const LONGEST = 60_000;

interface Crawled {
  /** What a page did that it must not do, by its address. */
  readonly wrong: Readonly<Record<string, readonly string[]>>;
  /** Routes of which a page was seen. */
  readonly routes: ReadonlySet<string>;
  readonly opened: readonly string[];
  /** Attacks that stood on a page as text. */
  readonly shown: ReadonlySet<string>;
}

interface CrawlOptions {
  /** `/at/office` for people who come in there. */
  readonly door?: string;
  /** Addresses to which no link leads. */
  readonly more?: readonly string[];
  /** Looked for on every page. */
  readonly texts?: readonly string[];
}

/** Routes of which there is something to open. */
export function pagesOf(pages: readonly AnyPage[]): string[] {
  return pages.filter(({ view, file }) => view || file).map(({ path }) => path);
}

/** Opens every page that has an address of its own, and from there every link within the panel. */
export async function crawl(
  context: BrowserContext,
  origin: string,
  { door = "", more = [], texts = [] }: CrawlOptions = {},
): Promise<Crawled> {
  const left = [...pagesOf(PAGES).filter((path) => !path.includes(":")), ...more];
  const known = new Set(left);
  const count = new Map<string, number>();
  const routes = new Set<string>();
  const opened: string[] = [];
  const shown = new Set<string>();
  const wrong: Record<string, string[]> = {};

  const wanted = (address: string) => {
    const route = pageAt(address)?.path;
    if (route === undefined || known.has(address)) return false;
    const before = count.get(route) ?? 0;
    count.set(route, before + 1);
    return before < OF_EACH;
  };
  let busy = 0;
  const walk = async () => {
    let page = await context.newPage();
    let seen = watch(page);
    for (;;) {
      const address = left.shift();
      if (address === undefined) {
        if (busy === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      busy += 1;
      const isFile = pageAt(address)?.file !== undefined;
      const looked = (isFile ? download : visit)(page, origin + door + address).catch(failed);
      const found = await Promise.race([looked, tooLong()]);
      if (found === STUCK) {
        // It answers nothing any more, not even that it closes.
        page.close().catch(() => undefined);
        page = await context.newPage();
        seen = watch(page);
      }
      const faults = [...found.faults, ...seen.splice(0).filter((one) => !isAboutStatus(one))];
      if (faults.length > 0) wrong[address] = faults;
      opened.push(address);
      const route = pageAt(address)?.path;
      if (route !== undefined) routes.add(route);
      for (const text of texts) if (found.text.includes(text)) shown.add(text);
      for (const link of found.links) {
        const inside = link.startsWith(`${door}/`) ? link.slice(door.length) : null;
        if (inside === null || !wanted(inside)) continue;
        known.add(inside);
        left.push(inside);
      }
      busy -= 1;
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, walk));
  return { wrong, routes, opened, shown };
}

/** A thing with such a name may be none: that is said, and is no fault. */
function isAboutStatus(seen: string): boolean {
  return /^console: Failed to load resource: the server responded with a status of 4\d\d/.test(seen);
}

/** The page at an address of the panel, which somebody can open. */
function pageAt(address: string): AnyPage | undefined {
  const { pathname } = new URL(address, "http://127.0.0.1");
  const page = findPage(PAGES, pathname.split("/").map(decodeURIComponent).join("/"))?.page;
  return page?.view || page?.file ? page : undefined;
}

function failed(error: unknown): Visited {
  return { faults: [String(error)], links: [], text: "" };
}

async function tooLong(): Promise<Visited> {
  await new Promise((resolve) => setTimeout(resolve, LONGEST).unref());
  return STUCK;
}

interface Visited {
  readonly faults: readonly string[];
  readonly links: readonly string[];
  readonly text: string;
}

const STUCK: Visited = { faults: ["there was no end of it"], links: [], text: "" };

/** Opens one page, touches what could be made to run, and looks at what the page is made of. */
export async function visit(page: Page, url: string): Promise<Visited> {
  const { origin } = new URL(url);
  const response = await page.goto(url, { waitUntil: "load" });
  const status = response?.status() ?? 0;
  const looked = await lookAt(page).catch(() => ({
    ...NOTHING,
    foreign: ["led away while it was looked at"],
  }));
  const { foreign, links, text } = looked;
  const faults = [
    ...(status >= 500 || status === 0 ? [`status ${status}`] : []),
    ...(new URL(page.url()).origin === origin ? [] : [`led to ${page.url()}`]),
    ...foreign,
  ];
  return { faults, links, text };
}

interface Looked {
  readonly foreign: readonly string[];
  readonly links: readonly string[];
  readonly text: string;
}

const NOTHING: Looked = { foreign: [], links: [], text: "" };

function lookAt(page: Page): Promise<Looked> {
  return page.evaluate(() => {
    const everything = [...document.querySelectorAll("*")];
    const isOurs = (address: string) => new URL(address, location.href).origin === location.origin;
    const leaves = (name: string, value: string) =>
      /^(?:href|src|action|formaction)$/.test(name) && !value.startsWith("mailto:") && !isOurs(value);
    const foreign = everything.flatMap((element) => [
      ...(element instanceof HTMLScriptElement && (element.src === "" || !isOurs(element.src))
        ? ["script"]
        : []),
      // The frame for mail, which may do nothing, is the only one of ours.
      ...(element.matches(
        'style, iframe:not(.mail-frame[sandbox=""][srcdoc]), object, embed, base, meta[http-equiv]',
      )
        ? [element.tagName]
        : []),
      ...[...element.attributes]
        .filter(
          ({ name, value }) =>
            /^on|^style$/.test(name) ||
            (name === "srcdoc" && !element.matches('iframe.mail-frame[sandbox=""]')) ||
            leaves(name, value),
        )
        .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
    ]);
    // What runs only when somebody comes near it.
    for (const element of everything)
      for (const kind of ["mouseover", "focus", "pointerenter", "animationstart"])
        element.dispatchEvent(new Event(kind));
    const links = [...document.querySelectorAll<HTMLAnchorElement>("a[href]")]
      .filter(({ href }) => href.startsWith(`${location.origin}/`))
      .map(({ href }) => href.slice(location.origin.length).replace(/#.*$/, ""));
    const typed = [...document.querySelectorAll<HTMLInputElement>("input, textarea")].map(
      ({ value }) => value,
    );
    return { foreign, links, text: [document.body.textContent, ...typed].join("\n") };
  });
}

/** A file is kept, and never shown by the browser. */
async function download(page: Page, url: string): Promise<Visited> {
  const answer = await page.request.get(url, { maxRedirects: 0 });
  const { "content-type": type = "", "content-disposition": kept = "" } = answer.headers();
  const status = answer.status();
  // Before somebody's mail is handed out, a page asks why.
  if (status === 200 && type.startsWith("text/html")) return visit(page, url);
  const isKept = /^attachment; filename="[\w.-]+"$/.test(kept) && !/html|svg|xml/.test(type);
  const faults = [
    ...(status >= 500 ? [`status ${status}`] : []),
    ...(status === 200 && !isKept ? [`shown as ${type}: ${kept}`] : []),
  ];
  return { faults, links: [], text: await answer.text() };
}
