import { fail, hasCode } from "../errors/error.ts";
import type { ErrorPage, Site, Visit, Waiting } from "../http/types.ts";
import type { Call } from "../kernel/context.ts";
import { invoke } from "../kernel/invoke.ts";
import type { AnyOperation } from "../kernel/operation.ts";
import type { Target } from "../kernel/target.ts";
import { fileAnswer, pageAnswer, placeOf, redirect, screenOf } from "./answer.ts";
import { type Asked, OPEN, PROVE, type Settled } from "./asked.ts";
import { foreignAnswer, foreignSignInPage, leave, signInAddress } from "./foreign-sign-in.ts";
import { insideOnly } from "./frame.ts";
import { mayOf } from "./may.ts";
import type { AnyPage, Params } from "./page.ts";
import { failureScreen } from "./parts/failure.ts";
import type { PagesOptions } from "./port.ts";
import { mailOpenedBy, withEarlierReason, withReason } from "./reason.ts";
import { type Found, findPage } from "./router.ts";
import { PAGES } from "./routes.ts";
import { refusalOf, take } from "./take.ts";

export type { PagesOptions } from "./port.ts";

/** The panel's pages, and those that plugins add, as one site; `null` for addresses that are no page. */
export function createPages(plain: PagesOptions, more: readonly AnyPage[] = []): Site {
  const options = withPages(plain, more);
  return async (visit) => {
    const left = options.foreign && foreignAnswer(visit, options.foreign);
    if (left) return left;
    const found = findPage(options.pages, visit.path);
    if (!found) return null;
    const { page, params } = found;
    if (page.enrols && visit.waiting?.for === "enrolment")
      return enrolling(visit, visit.waiting, options, found);
    if (page.open === "waiting" && visit.waiting?.for !== "factor") {
      return visit.principal ? redirect(visit, { to: "/" }) : toSignIn(visit, options);
    }
    if (!page.open && !visit.principal) return toSignIn(visit, options);
    if (page.open === "strangers" && visit.principal && visit.method === "GET") {
      return redirect(visit, { to: insideOnly(visit.query.get("next")) });
    }
    return pageFor(visit, options, page, params);
  };
}

async function pageFor(visit: Visit, options: Settled, page: AnyPage, params: Params): Promise<Response> {
  const ask = askOf(visit, params, options);
  try {
    if (visit.method !== "POST" || visit.form.get("step") !== PROVE) return await answered(page, ask);
    const { proved } = await import("./prove-again.ts");
    const outcome = await proved(ask);
    return "status" in outcome ? outcome : await pageFor(outcome, options, page, params);
  } catch (thrown) {
    return askedFirst(thrown, page, ask);
  }
}

/** Only who has no second factor yet: else a password alone would replace the one that is there. */
async function enrolling(
  visit: Visit,
  { principal }: Waiting,
  options: Settled,
  { page, params }: Found,
): Promise<Response> {
  if ((await options.stepUp?.missing(principal)) !== "enrolment") {
    visit.browser.signOut();
    return redirect(visit, { to: "/sign-in" });
  }
  return pageFor({ ...visit, principal }, options, page, params);
}

async function answered(page: AnyPage, ask: Asked): Promise<Response> {
  const { method, form } = ask.visit;
  // A page that was held back until a reason was given.
  const looks = method === "GET" || (method === "POST" && form.get("step") === OPEN);
  if (looks && page.view) return show(page, ask);
  if (looks && page.file) return fileAnswer(await page.file(ask));
  if (method === "POST" && (page.submit || page.answer)) return take(page, ask);
  return fail("METHOD_NOT_ALLOWED");
}

/** What has to be asked before the page can be shown or its form taken; throws again what is no question. */
async function askedFirst(thrown: unknown, page: AnyPage, ask: Asked): Promise<Response> {
  if (
    hasCode(thrown, "PROVE_AGAIN") &&
    ask.visit.session &&
    ask.options.stepUp &&
    ask.visit.method === "POST"
  ) {
    const { askToProve } = await import("./prove-again.ts");
    return askToProve(ask);
  }
  if (!hasCode(thrown, "REASON_NEEDED")) throw thrown;
  const { mailNotice } = await import("./parts/mail-notice.ts");
  return pageAnswer(ask.visit, ask.options, mailNotice(page, ask), null, 200);
}

/** A page for what went wrong elsewhere: a wrong address, a form from another site, XMail out of reach. */
export function createErrorPage(plain: PagesOptions, more: readonly AnyPage[] = []): ErrorPage {
  const options = withPages(plain, more);
  return async (error, visit) => {
    if (error.code === "UNAUTHENTICATED") return toSignIn(visit, options);
    const response = await pageAnswer(
      visit,
      options,
      failureScreen(error, visit.requestId),
      null,
      error.status,
    );
    const { retryAfterSeconds } = error;
    if (retryAfterSeconds !== undefined) response.headers.set("retry-after", String(retryAfterSeconds));
    if (error.code === "METHOD_NOT_ALLOWED") {
      response.headers.set("allow", allowedAt(findPage(options.pages, visit.path)));
    }
    return response;
  };
}

function withPages(options: PagesOptions, more: readonly AnyPage[]): Settled {
  const pages = [...(options.foreign ? [foreignSignInPage] : []), ...PAGES, ...more];
  return { ...options, pages: pages as readonly AnyPage[] };
}

function askOf(visit: Visit, params: Params, options: Settled): Asked {
  const made: string[] = [];
  const opened: Target[] = [];
  return {
    visit,
    params,
    options,
    made,
    opened,
    may: mayOf(visit.principal?.actor ?? null),
    async run(operation, input) {
      const call = noting(withReason(options.call(visit), visit), made);
      const mail = mailOpenedBy(operation as AnyOperation, input);
      if (!mail) return invoke(operation, call, input);
      opened.push(mail);
      return invoke(operation, await withEarlierReason(call, mail), input);
    },
  };
}

/** The call with the ids of the changes that are made. */
function noting(call: Call, made: string[]): Call {
  const { history } = call;
  return {
    ...call,
    ...(history
      ? {
          history: {
            ...history,
            async begin(entry) {
              const begun = await history.begin(entry);
              if (begun.id !== null) made.push(begun.id);
              return begun;
            },
          },
        }
      : {}),
  };
}

async function show(asked: AnyPage, ask: Asked): Promise<Response> {
  const { load, refused } = asked;
  const { visit, options } = ask;
  try {
    return await pageAnswer(visit, options, screenOf(asked, ask, await load?.(ask)), null, 200);
  } catch (thrown) {
    if (!hasCode(thrown, "INVALID_INPUT") || !refused) throw thrown;
    const refusal = refusalOf(thrown, asked, visit.query);
    return pageAnswer(visit, options, screenOf(asked, ask, refused(ask)), refusal, 422);
  }
}

function toSignIn(visit: Visit, options: Settled): Response {
  const place = placeOf(visit, options);
  const { waiting } = visit;
  if (waiting) {
    const next = waiting.for === "factor" && place !== "/" ? place : null;
    return redirect(visit, {
      to: waiting.for === "factor" ? "/sign-in/code" : "/me/second-factor",
      query: { next },
    });
  }
  const { signInUrl = null } = options.foreign ?? {};
  if (signInUrl !== null) return leave(signInAddress(visit, signInUrl, place));
  return redirect(visit, { to: "/sign-in", query: { next: place === "/" ? null : place } });
}

function allowedAt(found: Found | null): string {
  const methods = [
    (found?.page.view || found?.page.file) && "GET, HEAD",
    (found?.page.submit || found?.page.answer) && "POST",
  ].filter(Boolean);
  return methods.join(", ");
}
