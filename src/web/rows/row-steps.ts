import { html } from "../html.ts";
import { type Ask, definePage, type Page, type Params } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { confirmOf, crumbsOf, done, findRow, nameOf } from "./row-ask.ts";
import { keyOf, opsOf, pathTo, type RowData, type RowScreens } from "./row-screens.ts";

export function rowRemovePage(screens: RowScreens): Page<RowData> {
  const ops = opsOf(screens);
  return definePage<RowData>({
    path: `${screens.path}/:id/remove`,
    load: (ask) => findRow(screens, ops, ask),
    view({ row, params }, frame) {
      const { t } = frame;
      const words = t.rows.tables[screens.words];
      const name = nameOf(screens, row);
      const back = frame.link(pathTo(screens.path, params));
      const typed = frame.refusal?.problems.find(({ field }) => field === "confirm")?.limit;
      return {
        title: fillText(t.rows.removeTitle, { entry: words.one }),
        body: confirmation(frame, {
          path: pathTo(screens.path, params, `/${row.id}/remove`),
          crumbs: crumbsOf(screens, frame, params),
          title: fill(t.rows.removeTitle, { entry: words.one }),
          words: html`<span class="mono">${shown(name)}</span>`,
          ...(typed === undefined ? {} : { typed: String(typed) }),
          button: t.rows.removeButton,
          destroys: true,
          wayOut: { href: back, words: t.confirm.keep },
        }),
      };
    },
    async submit(ask) {
      const input = { ...keyOf(screens.path, ask.params), id: ask.params["id"], ...confirmOf(ask) };
      await ask.run(ops.remove, input);
      return done(screens, ask.params, "rowRemoved");
    },
  });
}

/** Takes the buttons of the list that move an entry, or switch it. */
export function rowStepPages(screens: RowScreens): Page<unknown>[] {
  const { move, turn } = opsOf(screens);
  const back = (params: Params) => pathTo(screens.path, params);
  return [
    ...(move
      ? [
          definePage({
            path: `${screens.path}/:id/move`,
            back,
            async submit(ask: Ask) {
              const before = ask.visit.form.get("before") || null;
              await ask.run(move, { ...keyOf(screens.path, ask.params), id: ask.params["id"], before });
              return done(screens, ask.params, "rowMoved");
            },
          }),
        ]
      : []),
    ...(turn
      ? [
          definePage({
            path: `${screens.path}/:id/turn`,
            back,
            async submit(ask: Ask) {
              const on = ask.visit.form.get("on") === "true";
              await ask.run(turn, { ...keyOf(screens.path, ask.params), id: ask.params["id"], on });
              return done(screens, ask.params, on ? "rowOn" : "rowOff");
            },
          }),
        ]
      : []),
  ];
}
