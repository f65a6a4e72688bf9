import { changeGet } from "../../operations/change/get.ts";
import type { ChangeDetails } from "../../operations/change/rows.ts";
import { changeAsked } from "../change-domain.ts";
import { type Html, html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { changeName, changeState } from "../parts/change-words.ts";
import { changesView } from "../parts/changes.ts";
import { fieldWords } from "../parts/field.ts";
import { flashOf, notice } from "../parts/flash.ts";
import { postButton } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { shown } from "../parts/shown.ts";

export const changePage = definePage<ChangeDetails>({
  path: "/changes/:change",
  load: async (ask) => ask.run(changeGet, await changeAsked(ask)),
  view(change, frame) {
    const { t, may } = frame;
    const { code, undoable, outcome, undoes } = change;
    const mayUndo = may.use("change.undo");
    return {
      title: `${t.changes.one}: ${change.operation}`,
      body: html`${pageHead(frame, {
        title: changeName(change),
        crumbs: [{ href: frame.link("/changes"), words: t.changes.title }],
        actions: [
          undoable &&
            mayUndo &&
            postButton(
              frame,
              `/changes/${change.change}/undo`,
              undoes === null ? t.changes.undo : t.changes.redo,
              {
                looks: "btn primary",
              },
            ),
        ],
      })}
${flashOf(frame)}
${outcome === "begun" && notice("warn", html`<p>${t.changes.begunText}</p>`)}
${outcome === "failed" && code !== null && notice("bad", failure(frame, code))}
<section class="flow" aria-labelledby="facts"><h2 id="facts">${t.changes.facts}</h2>${factsOf(frame, change)}</section>
<section class="flow" aria-labelledby="did"><h2 id="did">${t.changes.did}</h2>${changesView(frame, change)}${
        outcome === "done" &&
        !undoable &&
        change.undoneBy === null &&
        html`<p class="mute">${t.changes.notUndoable}</p>`
      }</section>`,
    };
  },
});

function factsOf(frame: Frame, change: ChangeDetails): Html {
  const { t } = frame;
  const other = (id: string, words: string) => html`<a href="${frame.link(`/changes/${id}`)}">${words}</a>`;
  return facts(
    [
      [t.changes.when, moment(frame, change.at)],
      [t.changes.who, shown(change.actor)],
      change.from !== null && [t.changes.from, shown(change.from)],
      change.reason !== null && [t.changes.reason, shown(change.reason)],
      [t.changes.state, changeState(t, change)],
      change.undoneBy !== null && [t.changes.undoneBy, other(change.undoneBy, t.changes.later)],
      change.undoes !== null && [t.changes.undoes, other(change.undoes, t.changes.earlier)],
      ...change.input.map(
        ({ field, value }) => [fieldWords(t, change.operation, field).label, shown(value)] as const,
      ),
    ],
    true,
  );
}

function failure({ t }: Frame, code: string): Html {
  const known = Object.hasOwn(t.errors, code) ? t.errors[code as keyof typeof t.errors].title : code;
  return html`<p><strong>${t.changes.failedWith}:</strong> ${known}</p>`;
}
