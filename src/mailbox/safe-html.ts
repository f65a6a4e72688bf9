/** HTML of a mail that can do nothing and asks nobody for anything. */
export interface SafeHtml {
  readonly html: string;
  /** Where its links led: they are text now. */
  readonly links: readonly string[];
  /** Pictures, media, frames and forms that were left out. */
  readonly leftOut: number;
  /** Whether it was longer than is looked at. */
  readonly isCut: boolean;
}

/** Letters that are looked at: elements in elements without end take time by the square of it, 2 s for these. */
const LONGEST = 300_000;
const MOST_LINKS = 100;
const DEEPEST = 60;

const TEXT =
  "a abbr address article b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i ins kbd li main mark ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr";
/** What would fetch or ask for something. */
const LEFT_OUT =
  "img picture source video audio track embed object applet iframe frame input button form select textarea svg math canvas map area image bgsound link base meta";

/**
 * By a list of what may stay: text, tables and lists, without any style, address or name. Pictures become their words;
 * addresses of links are told beside, so that people see where they led.
 */
export async function safeHtml(raw: string): Promise<SafeHtml> {
  const { default: sanitize } = await import("sanitize-html");
  const links = new Set<string>();
  let leftOut = 0;
  const html = sanitize(raw.slice(0, LONGEST), {
    allowedTags: TEXT.split(" "),
    allowedAttributes: { "*": ["dir", "lang"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"] },
    allowedSchemes: [],
    allowedSchemesAppliedToAttributes: ["href", "src", "cite", "action", "background", "poster"],
    allowProtocolRelative: false,
    nestingLimit: DEEPEST,
    disallowedTagsMode: "discard",
    nonTextTags: ["script", "style", "textarea", "option", "noscript", "title", "template", "xmp", "noembed"],
    transformTags: {
      a: (_, { href = "" }) => {
        if (links.size < MOST_LINKS && /^(?:https?|ftp|mailto):/i.test(href.trim()))
          links.add(href.trim().slice(0, 2000));
        return { tagName: "u", attribs: {} };
      },
      img: (_, { alt = "" }) => {
        leftOut += 1;
        return { tagName: "span", attribs: {}, ...(alt.trim() === "" ? {} : { text: `[${alt.trim()}]` }) };
      },
    },
    onOpenTag: (name) => {
      if (LEFT_OUT.split(" ").includes(name) && name !== "img") leftOut += 1;
    },
  });
  return { html: html.trim(), links: [...links], leftOut, isCut: raw.length > LONGEST };
}
