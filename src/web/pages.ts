import type { ErrorCode } from "../errors/codes.ts";
import { type AppError, fail, hasCode, isAppError } from "../errors/error.ts";
import type { ErrorPage, Site, Visit } from "../http/types.ts";
import { invoke } from "../kernel/invoke.ts";
import { documentOf } from "./document.ts";
import { foreignAnswer, foreignSignInPage, leave, signInAddress } from "./foreign-sign-in.ts";
import { frameOf, hereOf, insideOnly, withQuery } from "./frame.ts";
import { mayOf } from "./may.ts";
import type { AnyPage, Ask, Done, Frame, Params, Refusal, Screen } from "./page.ts";
import { failureScreen } from "./parts/failure.ts";
import type { PagesOptions } from "./port.ts";
import { type Found, findPage } from "./router.ts";
import { PAGES } from "./routes.ts";

export type { PagesOptions } from "./port.ts";

/** Failures that a form cannot mend: they get a page of their own. */
const NOT_THE_FORM: readonly ErrorCode[] = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "CROSS_ORIGIN",
  "INTERNAL",
  "ABORTED",
];

/** The panel's pages, and those that plugins add, as one site; `null` for addresses that are no page. */
export function createPages(plain: PagesOptions, more: readonly AnyPage[] = []): Site {
  const options = withPages(plain, more);
  return async (visit) => {
    const left = options.foreign && foreignAnswer(visit, options.foreign);
    if (left) return left;
    const found = findPage(options.pages, visit.path);
    if (!found) return null;
    const { page, params } = found;
    if (!page.open && !visit.principal) return toSignIn(visit, options);
    if (page.open === "strangers" && visit.principal && visit.method === "GET") {
      return redirect(visit, { to: insideOnly(visit.query.get("next")) });
    }
    const ask = askOf(visit, params, options);
    if (visit.method === "GET" && page.view) return show(page, ask);
    if (visit.method === "POST" && (page.submit || page.answer)) return take(page, ask);
    return fail("METHOD_NOT_ALLOWED");
  };
}

/** A page for what went wrong elsewhere: a wrong address, a form from another site, XMail out of reach. */
export function createErrorPage(plain: PagesOptions, more: readonly AnyPage[] = []): ErrorPage {
  const options = withPages(plain, more);
  return async (error, visit) => {
    if (error.code === "UNAUTHENTICATED") return toSignIn(visit, options);
    const response = await page(visit, options, failureScreen(error, visit.requestId), null, error.status);
    if (error.code === "METHOD_NOT_ALLOWED") {
      response.headers.set("allow", allowedAt(findPage(options.pages, visit.path)));
    }
    return response;
  };
}

interface Settled extends PagesOptions {
  readonly pages: readonly AnyPage[];
}

function withPages(options: PagesOptions, more: readonly AnyPage[]): Settled {
  const pages = [...(options.foreign ? [foreignSignInPage] : []), ...PAGES, ...more];
  return { ...options, pages: pages as readonly AnyPage[] };
}

interface Asked extends Ask {
  readonly options: Settled;
}

function askOf(visit: Visit, params: Params, options: Settled): Asked {
  return {
    visit,
    params,
    options,
    may: mayOf(visit.principal?.actor ?? null),
    run: (operation, input) => invoke(operation, options.call(visit), input),
  };
}

async function show(asked: AnyPage, ask: Asked): Promise<Response> {
  const { load, refused } = asked;
  const screen = (data: unknown) => (frame: Frame) => viewOf(asked, data, frame);
  try {
    return await page(ask.visit, ask.options, screen(await load?.(ask)), null, 200);
  } catch (thrown) {
    if (!hasCode(thrown, "INVALID_INPUT") || !refused) throw thrown;
    const refusal = refusalOf(thrown, asked, ask.visit.query);
    return page(ask.visit, ask.options, screen(refused(ask)), refusal, 422);
  }
}

function viewOf({ view }: AnyPage, data: unknown, frame: Frame): Screen {
  return view ? view(data, frame) : fail("METHOD_NOT_ALLOWED");
}

/** POST, redirect, GET; a refused form comes back with what was typed. */
async function take(asked: AnyPage, ask: Asked): Promise<Response> {
  const { visit } = ask;
  try {
    if (asked.answer) {
      const data = await asked.answer(ask);
      return await page(visit, ask.options, (frame) => viewOf(asked, data, frame), null, 200);
    }
    const done = (await asked.submit?.(ask)) ?? fail("METHOD_NOT_ALLOWED");
    return redirect(visit, done);
  } catch (thrown) {
    if (!isAppError(thrown) || NOT_THE_FORM.includes(thrown.code)) throw thrown;
    const { back, view, load } = asked;
    if (!view) {
      if (!back) throw thrown;
      return redirect(visit, { to: back(ask.params), flash: { tone: "bad", text: thrown.code } });
    }
    // When the page cannot be loaded either, what stopped the form says more.
    const data = await load?.(ask).catch(() => {
      throw thrown;
    });
    const status = thrown.status >= 500 || thrown.status === 429 ? thrown.status : 422;
    return page(
      visit,
      ask.options,
      (frame) => view(data, frame),
      refusalOf(thrown, asked, visit.form),
      status,
    );
  }
}

function refusalOf(error: AppError, { blame = {} }: AnyPage, typed: URLSearchParams): Refusal {
  const field = blame[error.code];
  const problems =
    error.fields.length > 0 || field === undefined
      ? error.fields
      : [{ field, rule: error.code, message: error.message }];
  const values = new URLSearchParams([...typed].filter(([name]) => !/password|^csrf$/i.test(name)));
  return { code: error.code, problems, values };
}

async function page(
  visit: Visit,
  options: Settled,
  view: (frame: Frame) => Screen,
  refusal: Refusal | null,
  status: number,
): Promise<Response> {
  const frame = frameOf(visit, options, refusal, placeOf(visit, options));
  return new Response(String(await documentOf(frame, view(frame))), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": frame.language,
      vary: "cookie, accept-language",
    },
  });
}

function redirect({ base, browser }: Visit, { to, query, flash }: Done): Response {
  if (flash) browser.flash(flash);
  return new Response(null, { status: 303, headers: { location: base + withQuery(to, query) } });
}

function toSignIn(visit: Visit, options: Settled): Response {
  const place = placeOf(visit, options);
  const { signInUrl = null } = options.foreign ?? {};
  if (signInUrl !== null) return leave(signInAddress(visit, signInUrl, place));
  return redirect(visit, { to: "/sign-in", query: { next: place === "/" ? null : place } });
}

/** Address that shows the page of this visit: an address that only takes forms belongs to another page. */
function placeOf(visit: Visit, { pages }: Settled): string {
  const found = findPage(pages, visit.path);
  if (!found || found.page.view) return hereOf(visit);
  return found.page.back?.(found.params) ?? "/";
}

function allowedAt(found: Found | null): string {
  const methods = [
    found?.page.view && "GET, HEAD",
    (found?.page.submit || found?.page.answer) && "POST",
  ].filter(Boolean);
  return methods.join(", ");
}
