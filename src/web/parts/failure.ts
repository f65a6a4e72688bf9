import type { ErrorCode } from "../../errors/codes.ts";
import type { AppError } from "../../errors/error.ts";
import { html } from "../html.ts";
import type { Frame, Screen } from "../page.ts";
import { adviceFor } from "./advice.ts";
import { notice } from "./flash.ts";
import { facts } from "./kv.ts";
import { pageHead } from "./page-head.ts";

/** A page that says what went wrong, what to do, and under which number the log has more. */
export function failureScreen(error: AppError, requestId: string): (frame: Frame) => Screen {
  return (frame) => {
    const { t } = frame;
    const { title } = t.errors[error.code];
    const advice = adviceFor(t, error);
    const ours = error.status >= 500;
    return {
      title,
      ...(ours ? { state: { tone: "bad", words: t.overview.short(1) } as const } : {}),
      body:
        frame.me === null
          ? html`<div class="card"><h1>${title}</h1><p>${advice}</p><p><a href="${frame.link("/sign-in")}">${t.failure.signIn}</a></p><p class="small mute">${t.failure.number}: <span class="mono">${requestId}</span></p></div>`
          : html`${pageHead(frame, { title })}
${notice(ours ? "bad" : "warn", html`<p>${advice}</p>`)}
<p class="row">${wayOn(error, frame)}<a class="btn" href="${frame.link("/")}">${t.failure.home}</a></p>
${facts([[t.failure.number, html`<span class="mono">${requestId}</span>`]])}`,
    };
  };
}

/** Not to be repeated at once: the page tells what is, or brings a new form. */
const LOOK_FIRST: readonly ErrorCode[] = [
  "CROSS_ORIGIN",
  "XMAIL_OUTCOME_UNKNOWN",
  "XMAIL_HALF_DONE",
  "XMAIL_TIMEOUT",
];

function wayOn({ code, retryable, status }: AppError, frame: Frame) {
  const { t, here } = frame;
  if (here === "/") return null;
  if (LOOK_FIRST.includes(code)) return html`<a class="btn" href="${frame.link(here)}">${t.failure.open}</a>`;
  if (retryable || status === 502)
    return html`<a class="btn" href="${frame.link(here)}">${t.failure.again}</a>`;
  return null;
}
