import { hasCode } from "../errors/error.ts";
import { type AddressOptions, isSurelyPanel, type Located, locate, seenHost } from "./address.ts";
import type { Entrance, Entrances, Peer } from "./types.ts";

/** The panel's own address. */
const MASTER: Entrance = { kind: "master", base: "", audience: "" };

export interface EntranceOptions extends AddressOptions {
  /** None but the panel's own address, if absent. */
  readonly entrances?: Entrances;
}

/** Where a request came in, before it is known which entrance that is. */
export interface Approach {
  readonly located: Located;
  /** Of `/at/<slug>`; `null` at the top of an address. */
  readonly slug: string | null;
  /** Path below that, for files that are everybody's. */
  readonly path: string;
}

/** `NOT_FOUND` for an address that no request could have. */
export async function approach(request: Request, peer: Peer, options: EntranceOptions): Promise<Approach> {
  const located = await locateAnywhere(request, peer, options);
  const [, at, slug = "", ...rest] = located.path.split("/");
  if (!options.entrances || at !== "at" || slug === "") return { located, slug: null, path: located.path };
  return { located, slug, path: `/${rest.join("/")}` };
}

/** An entrance nobody made is an address that is no page. */
export async function enter(
  { located, slug, path }: Approach,
  request: Request,
  options: EntranceOptions,
): Promise<{ readonly located: Located; readonly entrance: Entrance }> {
  const { entrances } = options;
  if (!entrances) return { located, entrance: MASTER };
  const host = seenHost(request, options);
  const own = isSurelyPanel(host, options) ? null : await orNone(entrances.on(host));
  if (own) return { located, entrance: own };
  const found = slug === null ? null : await orNone(entrances.at(slug));
  if (!found) return { located, entrance: MASTER };
  return { located: { ...located, base: located.base + found.base, path }, entrance: found };
}

/** What cannot be read now is said by whoever asks for it next, on a page. */
function orNone(found: Promise<Entrance | null>): Promise<Entrance | null> {
  return found.catch(() => null);
}

/** Also at the host of an entrance: `baseUrl` says nothing of that one but whether there is TLS. */
async function locateAnywhere(request: Request, peer: Peer, options: EntranceOptions): Promise<Located> {
  const { entrances, baseUrl, ...rest } = options;
  const host = seenHost(request, options);
  if (!entrances || baseUrl === undefined || isSurelyPanel(host, options)) {
    try {
      return locate(request, peer, options);
    } catch (error) {
      const found = hasCode(error, "NOT_FOUND") && (await entrances?.on(host));
      if (!found) throw error;
      return locate(request, peer, { ...rest, allowedHosts: [host] });
    }
  }
  if (!(await entrances.on(host))) return locate(request, peer, options);
  const located = locate(request, peer, { ...rest, allowedHosts: [host] });
  const secure = baseUrl.startsWith("https:");
  const origin = secure ? located.origin.replace(/^http:/, "https:") : located.origin;
  return { ...located, origin, secure: secure || located.secure };
}
