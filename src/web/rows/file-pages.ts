import type { AnyOperation } from "../../kernel/operation.ts";
import { html } from "../html.ts";
import { type AnyPage, type Ask, definePage, type Frame, type Page, type Params } from "../page.ts";
import { badge } from "../parts/badge.ts";
import { confirmation } from "../parts/confirm.ts";
import { empty } from "../parts/empty.ts";
import { fieldWords, labelsOf, schemaAttributes } from "../parts/field.ts";
import { flashOf, refusalSummary } from "../parts/flash.ts";
import { formEnd } from "../parts/form.ts";
import { type Listed, listing, nothingListed, queryOf } from "../parts/listing.ts";
import { pageHead } from "../parts/page-head.ts";
import { schemaField } from "../parts/schema-field.ts";
import { fill, fillText, shown, visible } from "../parts/shown.ts";
import type { Column } from "../parts/table.ts";
import { searchBox, toolbar } from "../parts/toolbar.ts";
import { inputOfForm } from "../schema-input.ts";
import type { Text } from "../text/en.ts";

type AnyOp = Parameters<Ask["run"]>[0];
type Row = Readonly<Record<string, unknown>>;

/** Pages of tables that lie beside each other, a file each: which there are, one more, and one less. */
export interface FileScreens {
  /** `/client-logins`; each file's own pages are below. */
  readonly path: string;
  /** `/add-client-login`: outside, because a file may be called "add". */
  readonly addPath: string;
  /** The field that names a file. */
  readonly key: string;
  readonly words: keyof Text["rows"]["tables"];
  readonly list: unknown;
  /** Makes the file; its first entry, where a file comes with one. */
  readonly add: unknown;
  readonly remove: unknown;
  /** Words in place of a name that says little by itself. */
  readonly nameWords?: (t: Text, name: string) => string | undefined;
}

export function filePages(screens: FileScreens): readonly AnyPage[] {
  return [listPage(screens), addPage(screens), removePage(screens)] as readonly AnyPage[];
}

function listPage(screens: FileScreens): Page<Listed<Row>> {
  const { path, addPath, key } = screens;
  const list = screens.list as AnyOp;
  const add = screens.add as AnyOperation;
  return definePage<Listed<Row>>({
    path,
    async load(ask) {
      const query = queryOf(ask, ["search"]);
      return { query, page: (await ask.run(list, query as never)) as Listed<Row>["page"] };
    },
    refused: (ask) => nothingListed(queryOf(ask, ["search"])),
    view(data, frame) {
      const { t, may } = frame;
      const words = t.rows.tables[screens.words];
      const search = data.query["search"] ?? "";
      const more =
        may.use(add.name) &&
        html`<a class="btn primary" href="${frame.link(addPath)}">${fillText(t.rows.add, { entry: words.one })}</a>`;
      const none = data.page.total === 0 && search === "" && !frame.refusal;
      return {
        title: words.title,
        body: html`${pageHead(frame, { title: words.title, lead: words.lead, actions: [!none && more] })}
${flashOf(frame)}
${listing(frame, data, {
  path,
  caption: words.title,
  labels: labelsOf(t, list),
  toolbar: toolbar(frame, path, words.title, [
    searchBox(frame, "search", fieldWords(t, list.name, "search").label, search, {
      more: schemaAttributes(list, "search"),
    }),
  ]),
  filters: { search: t.list.contains },
  columns: columnsOf(screens, key, frame),
  none: empty(words.none, words.noneText, [more]),
  noMatch: fill(t.rows.noMatch, { text: search }),
})}`,
      };
    },
  });
}

function columnsOf(screens: FileScreens, key: string, frame: Frame): Column<Row>[] {
  const { t, may } = frame;
  const remove = screens.remove as AnyOperation;
  const href = (row: Row, rest = "") => frame.link(`${pathTo(screens, String(row[key]))}${rest}`);
  const name = (row: Row) => nameOf(screens, t, String(row[key]));
  const action = (row: Row) =>
    row["there"] !== false &&
    may.use(remove.name) &&
    html`<a class="btn sm" href="${href(row, "/remove-all")}" aria-label="${fillText(t.rows.removeLabel, { name: name(row) })}">${t.rows.remove}</a>`;
  return [
    {
      label: fieldWords(t, remove.name, key).label,
      looks: "c-key",
      cell: (row) =>
        row["there"] === false
          ? html`${shown(name(row))} ${badge("bad", t.fileTables.missing)}`
          : html`<a href="${href(row)}">${shown(name(row))}</a>`,
    },
    { label: t.fileTables.entries, looks: "num", cell: (row) => String(row["entries"]) },
    ...(screens.key === "file"
      ? [{ label: t.fileTables.uses, looks: "num", cell: (row: Row) => String(row["uses"]) }]
      : []),
    { label: t.rows.actions, looks: "c-act", cell: (row) => html`<div class="row">${action(row)}</div>` },
  ];
}

function addPage(screens: FileScreens): Page<null> {
  const add = screens.add as AnyOp;
  const names = Object.keys((add.input as { properties?: object }).properties ?? {}).filter(
    (name) => name !== "before" && name !== "confirm",
  );
  return definePage<null>({
    path: screens.addPath,
    load: async () => null,
    view(_, frame) {
      const { t } = frame;
      const title = fillText(t.rows.add, { entry: t.rows.tables[screens.words].one });
      return {
        title,
        body: html`${pageHead(frame, { title, crumbs: [crumbOf(screens, frame)] })}
${refusalSummary(frame, labelsOf(t, add))}
<form class="flow" method="post" action="${frame.link(screens.addPath)}">
${names.map((name) => schemaField(frame, add, name))}
${formEnd(frame, t.rows.save, { href: frame.link(screens.path), words: t.frame.cancel })}
</form>`,
      };
    },
    async submit(ask) {
      const input = inputOfForm(add, names, ask.visit.form);
      await ask.run(add, input as never);
      return {
        to: pathTo(screens, String(input[screens.key])),
        flash: { tone: "ok", text: "rowAdded" },
      };
    },
    blame: { ENTRY_EXISTS: screens.key },
  });
}

function removePage(screens: FileScreens): Page<Params> {
  const remove = screens.remove as AnyOp;
  return definePage<Params>({
    path: `${screens.path}/:${screens.key}/remove-all`,
    load: async ({ params }) => params,
    view(params, frame) {
      const { t } = frame;
      const name = params[screens.key] ?? "";
      const title = { entry: t.rows.tables[screens.words].one };
      return {
        title: fillText(t.rows.removeTitle, title),
        body: confirmation(frame, {
          path: `${pathTo(screens, name)}/remove-all`,
          crumbs: [crumbOf(screens, frame)],
          title: fill(t.rows.removeTitle, title),
          words: html`<span class="mono">${shown(nameOf(screens, t, name))}</span>`,
          button: t.rows.removeButton,
          destroys: true,
          wayOut: { href: frame.link(screens.path), words: t.confirm.keep },
        }),
      };
    },
    async submit({ run, params }) {
      await run(remove, { [screens.key]: params[screens.key] } as never);
      return { to: screens.path, flash: { tone: "ok", text: "rowRemoved" } };
    },
  });
}

function pathTo({ path }: FileScreens, name: string): string {
  return `${path}/${encodeURIComponent(name.toWellFormed())}`;
}

function nameOf({ nameWords }: FileScreens, t: Text, name: string): string {
  return nameWords?.(t, name) ?? visible(name);
}

/** Leads from the pages of one file to the list of them. */
export function crumbOf({ path, words }: Pick<FileScreens, "path" | "words">, frame: Frame) {
  return { href: frame.link(path), words: frame.t.rows.tables[words].title };
}
