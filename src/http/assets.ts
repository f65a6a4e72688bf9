import { createHash } from "node:crypto";
import { fail } from "../errors/error.ts";
import { wrongMethod } from "./problem.ts";
import type { Asset, AssetHref, Visit } from "./types.ts";

const PREFIX = "/assets/";
/** A year: the name holds the hash, so other bytes have another address. */
const FOREVER = "public, max-age=31536000, immutable";

/** Answers whoever asks, without a look at who that is; `null` for what is none of its files. */
export type FileSite = (
  visit: Pick<Visit, "path" | "method" | "request" | "requestId">,
) => Promise<Response | null>;

export interface Assets {
  readonly site: FileSite;
  /** Throws `BAD_CONFIG` for a name that was not given. */
  readonly href: AssetHref;
}

/** Serves files from memory under names with their hash: `/assets/app.3f2a….css`. */
export function serveAssets(files: readonly Asset[]): Assets {
  const named = new Map(files.map((file) => [file.name, hashedName(file)]));
  const served = new Map(files.map((file) => [hashedName(file), file]));
  return {
    href: (base, name) => {
      const hashed = named.get(name) ?? fail("BAD_CONFIG", `There is no asset ${name}.`);
      return base + PREFIX + hashed;
    },
    async site({ path, method, request, requestId }) {
      if (!path.startsWith(PREFIX)) return null;
      const name = path.slice(PREFIX.length);
      const file = served.get(name);
      if (!file) return null;
      if (method !== "GET") return wrongMethod("GET, HEAD", requestId);
      const headers = { "cache-control": FOREVER, etag: `"${name}"` };
      if (isKnown(request.headers.get("if-none-match"), headers.etag)) {
        return new Response(null, { status: 304, headers });
      }
      const length = String(file.bytes.byteLength);
      // A copy: a `Response` may hand the buffer itself on.
      return new Response(file.bytes.slice(), {
        headers: { ...headers, "content-type": file.type, "content-length": length },
      });
    },
  };
}

function hashedName(file: Asset): string {
  const { name, sha256 = createHash("sha256").update(file.bytes).digest("hex") } = file;
  const hash = sha256.slice(0, 16);
  const dot = name.lastIndexOf(".");
  return dot < 1 ? `${name}.${hash}` : `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
}

function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}
