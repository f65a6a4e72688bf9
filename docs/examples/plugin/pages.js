// @ts-check
import {
  confirmation,
  definePage,
  empty,
  fill,
  fillText,
  flashOf,
  formEnd,
  html,
  inputFrom,
  labelsOf,
  operationField,
  pageHead,
  pager,
  part,
  refusalSummary,
  shown,
  table,
} from "xmailcfg/web";
import { departmentGet, departmentList, departmentRemove, departmentSet } from "./operations.js";
import { WORDS } from "./words.js";

/** @param {{ domain: string, name: string }} row */
const pathOf = ({ domain, name }) => `/departments/${part(domain)}/${part(name)}`;
/** @param {{ domain: string, name: string }} row */
const addressOf = ({ domain, name }) => `${name}@${domain}`;

export const departmentsPage = definePage({
  path: "/departments",
  load: ({ run, visit }) => run(departmentList, inputFrom(visit.query, [], ["domain", "cursor"])),
  view(page, frame) {
    const t = WORDS[frame.language];
    const columns = [
      {
        label: t.account,
        looks: "c-key",
        cell: (/** @type {typeof page.items[number]} */ row) =>
          frame.may.use(departmentSet.name)
            ? html`<a href="${frame.link(pathOf(row))}">${shown(addressOf(row))}</a>`
            : shown(addressOf(row)),
      },
      {
        label: t.department,
        cell: (/** @type {typeof page.items[number]} */ row) => row.department && shown(row.department),
      },
    ];
    return {
      title: t.title,
      body: html`${pageHead(frame, { title: t.title, lead: t.lead })}
${flashOf(frame)}
${
  page.items.length === 0
    ? empty(t.none, null)
    : html`${table(t.title, columns, page.items)}${pager(frame, page, (cursor) => frame.link("/departments", { cursor }))}`
}`,
    };
  },
});

export const departmentPage = definePage({
  path: "/departments/:domain/:name",
  load: ({ run, params }) => run(departmentGet, params),
  view(row, frame) {
    const t = WORDS[frame.language];
    return {
      title: fillText(t.of, { name: addressOf(row) }),
      body: html`${pageHead(frame, {
        title: fill(t.of, { name: addressOf(row) }),
        crumbs: [{ href: frame.link("/departments"), words: t.title }],
        actions: [
          row.department !== null &&
            frame.may.use(departmentRemove.name) &&
            html`<a class="btn" href="${frame.link(`${pathOf(row)}/remove`)}">${t.remove}</a>`,
        ],
      })}
${flashOf(frame)}
${refusalSummary(frame, labelsOf(frame.t, departmentSet))}
<form class="flow" method="post" action="${frame.link(pathOf(row))}">
${operationField(frame, departmentSet, "department", { value: row.department ?? "" })}
${formEnd(frame, t.save, { href: frame.link("/departments"), words: frame.t.frame.cancel })}
</form>`,
    };
  },
  async submit({ run, params, visit }) {
    const row = await run(departmentSet, { ...params, ...inputFrom(visit.form, ["department"]) });
    return {
      to: "/departments",
      flash: {
        tone: "ok",
        text: "departments.set",
        values: { name: addressOf(row), department: row.department ?? "" },
      },
    };
  },
});

export const departmentRemovePage = definePage({
  path: "/departments/:domain/:name/remove",
  load: ({ run, params }) => run(departmentGet, params),
  view(row, frame) {
    const t = WORDS[frame.language];
    return {
      title: fillText(t.removeTitle, { name: addressOf(row) }),
      body: confirmation(frame, {
        path: `${pathOf(row)}/remove`,
        crumbs: [{ href: frame.link("/departments"), words: t.title }],
        title: fill(t.removeTitle, { name: addressOf(row) }),
        words: fill(t.removeText, { department: row.department ?? "" }),
        button: t.remove,
        destroys: true,
        wayOut: { href: frame.link(pathOf(row)), words: frame.t.confirm.keep },
      }),
    };
  },
  async submit({ run, params }) {
    const row = await run(departmentRemove, params);
    return {
      to: "/departments",
      flash: { tone: "ok", text: "departments.removed", values: { name: addressOf(row) } },
    };
  },
});
