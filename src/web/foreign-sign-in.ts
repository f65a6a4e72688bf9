import { fail } from "../errors/error.ts";
import type { Visit } from "../http/types.ts";
import { insideOnly } from "./frame.ts";
import { html } from "./html.ts";
import { definePage } from "./page.ts";
import type { ForeignSignIn } from "./port.ts";

/** Addresses of our own sign-in, which does nothing where the host has its own. */
const OURS = ["/sign-in", "/sign-out"];

/** Where the host does not say where its sign-in is, people are told to use it. */
export const foreignSignInPage = definePage<null>({
  path: "/sign-in",
  open: "strangers",
  load: async () => null,
  view(_, { t }) {
    return {
      title: t.signIn.title,
      body: html`<div class="card"><h1>${t.signIn.title}</h1><p>${t.signIn.elsewhere}</p></div>`,
    };
  },
});

/** The answer at the addresses of our own sign-in; `null` for all others and for the page above. */
export function foreignAnswer(visit: Visit, foreign: ForeignSignIn): Response | null {
  if (!OURS.includes(visit.path)) return null;
  if (visit.path === "/sign-out") {
    return foreign.signOutUrl === null ? fail("NOT_FOUND") : leave(foreign.signOutUrl);
  }
  if (visit.method !== "GET") fail("METHOD_NOT_ALLOWED");
  if (visit.principal || foreign.signInUrl === null) return null;
  return leave(signInAddress(visit, foreign.signInUrl, insideOnly(visit.query.get("next"))));
}

/** `{next}` becomes the whole path to come back to. */
export function signInAddress({ base }: Visit, signInUrl: string, next: string): string {
  return signInUrl.replaceAll("{next}", encodeURIComponent(base + next));
}

export function leave(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
