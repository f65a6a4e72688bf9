import { fail } from "../errors/error.ts";
import type { Visit } from "../http/types.ts";
import type { Asked, Settled } from "./asked.ts";
import { documentOf } from "./document.ts";
import { frameOf, hereOf, withQuery } from "./frame.ts";
import type { AnyPage, Done, Foreseen, Frame, Refusal, Screen, TextFile } from "./page.ts";
import { findPage } from "./router.ts";

/** A whole page as the answer. */
export async function pageAnswer(
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

export function fileAnswer({ name, type, text }: TextFile): Response {
  const isBytes = text instanceof Uint8Array;
  const body = typeof text === "string" ? text : isBytes ? text.slice() : streamOf(text);
  return new Response(body, {
    headers: {
      "content-type": isBytes ? type : `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename="${name}"`,
    },
  });
}

function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}

/** The page's own view, with all that its forms need. */
export function screenOf(asked: AnyPage, ask: Asked, data: unknown): (frame: Frame) => Screen {
  const { view, answer, submit, editable } = asked;
  if (!view) return fail("METHOD_NOT_ALLOWED");
  return (frame) => {
    // What changes nothing has nothing to show beforehand.
    const reviews = canReview(ask) && !answer;
    const seen = editable ? seenIn(frame, asked, data) : undefined;
    const foresee = (typed: string | undefined): Promise<Foreseen> =>
      import("./foresee.ts").then(({ foreseen }) => foreseen(asked, ask, typed));
    return view(data, {
      ...frame,
      reviews,
      ...(seen === undefined ? {} : { seen }),
      ...(reviews && submit ? { foresee } : {}),
    });
  };
}

/** A form that comes back still compares with what it showed at first. */
function seenIn({ t, refusal }: Frame, { editable }: AnyPage, data: unknown): string | undefined {
  return refusal?.values.get("seen") ?? (editable && seenText(editable(data, t)));
}

/** For the hidden field `seen`. */
export function seenText(values: readonly { readonly name: string; readonly value: string }[]): string {
  return JSON.stringify(Object.fromEntries(values.map(({ name, value }) => [name, value])));
}

export function canReview({ visit, options }: Asked): boolean {
  return visit.principal !== null && options.call(visit).xmail.changes !== undefined;
}

export function redirect({ base, browser }: Visit, { to, query, flash }: Done): Response {
  if (flash) browser.flash(flash);
  return new Response(null, { status: 303, headers: { location: base + withQuery(to, query) } });
}

/** Address that shows the page of this visit: an address that only takes forms belongs to another page. */
export function placeOf(visit: Visit, { pages }: Settled): string {
  const found = findPage(pages, visit.path);
  if (!found || found.page.view) return hereOf(visit);
  return found.page.back?.(found.params) ?? "/";
}
