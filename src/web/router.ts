import type { AnyPage, Params } from "./page.ts";

export interface Found {
  readonly page: AnyPage;
  readonly params: Params;
}

/** The first page whose path fits. Parts of `path` are decoded already and hold no slash. */
export function findPage(pages: readonly AnyPage[], path: string): Found | null {
  const parts = path.split("/");
  for (const page of pages) {
    const params = matchPath(page.path.split("/"), parts);
    if (params) return { page, params };
  }
  return null;
}

function matchPath(pattern: readonly string[], parts: readonly string[]): Params | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [i, piece] of pattern.entries()) {
    const part = parts[i] ?? "";
    if (piece.startsWith(":") && part !== "") params[piece.slice(1)] = part;
    else if (piece !== part) return null;
  }
  return params;
}
