import type { Asked } from "./asked.ts";
import { hereOf } from "./frame.ts";
import { html } from "./html.ts";
import type { AnyPage, EditableValue, Frame, Screen } from "./page.ts";
import { notice } from "./parts/flash.ts";
import { pageHead } from "./parts/page-head.ts";
import { shown } from "./parts/shown.ts";
import { table } from "./parts/table.ts";

interface Row {
  readonly label: string;
  readonly before: string | null;
  readonly now: string | null;
  readonly yours: string | null;
}

/** The form was opened before somebody else's change: what each value was, is, and would have become. */
export function conflictScreen(
  { editable, wanted, view, back }: AnyPage,
  { visit, params }: Asked,
  seen: string,
  now: { readonly data: unknown } | null,
): (frame: Frame) => Screen {
  const then = valuesIn(seen);
  return (frame) => {
    const { t } = frame;
    const current = now && editable ? editable(now.data, t) : [];
    const yours = wanted?.(visit.form) ?? Object.fromEntries(visit.form);
    const again = view ? hereOf(visit) : (back?.(params) ?? "/");
    return {
      title: t.changes.conflict,
      body: html`${pageHead(frame, { title: t.changes.conflict })}
${notice("warn", html`<p>${now ? t.changes.conflictText : t.changes.conflictGone}</p>`)}
${table(
  t.changes.conflict,
  [
    { label: t.changes.value, looks: "c-key", cell: ({ label }: Row) => label },
    { label: t.changes.before, looks: "c-wide", cell: ({ before }) => wordsFor(before) },
    { label: t.changes.now, looks: "c-wide", cell: ({ now: is }) => wordsFor(is) },
    { label: t.changes.yours, looks: "c-wide", cell: ({ yours: wish }) => wordsFor(wish) },
  ],
  rowsOf(then, current, yours),
)}
<p class="row"><a class="btn primary" href="${frame.link(now ? again : "/")}">${t.changes.lookAgain}</a></p>`,
    };
  };
}

function rowsOf(
  then: Readonly<Record<string, string>>,
  now: readonly EditableValue[],
  yours: Readonly<Record<string, string>>,
): Row[] {
  const labels = new Map(now.map(({ name, label }) => [name, label]));
  const is = new Map(now.map(({ name, value }) => [name, value]));
  return [...new Set([...Object.keys(then), ...is.keys()])].map((name) => ({
    label: labels.get(name) ?? name,
    before: then[name] ?? null,
    now: is.get(name) ?? null,
    yours: yours[name] ?? null,
  }));
}

function wordsFor(value: string | null) {
  return value === null || value === "" ? "–" : shown(value);
}

/** Came back from the browser, where anybody may have written it. */
function valuesIn(seen: string): Readonly<Record<string, string>> {
  try {
    const values: unknown = JSON.parse(seen);
    if (typeof values !== "object" || values === null) return {};
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}
