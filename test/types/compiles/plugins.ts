import {
  defineOperation,
  definePlugin,
  fields,
  memory,
  openXMail,
  SERVER,
  Type,
} from "../../../src/index.ts";
import { definePage, html } from "../../../src/web-kit.ts";

const noteAdd = defineOperation({
  name: "note.add",
  summary: "Add a note",
  effect: "write",
  input: fields({ text: Type.String() }),
  output: fields({ id: Type.Integer() }),
  errors: [],
  http: null,
  target: () => SERVER,
  handler: async () => ({ id: 1 }),
});
const plugin = definePlugin({
  name: "notes",
  operations: { note: { add: noteAdd } },
  pages: [
    definePage({
      path: "/notes",
      load: async () => ({ count: 1 }),
      view: ({ count }) => ({ title: "Notes", body: html`<p>${count.toFixed()}</p>` }),
      submit: async ({ run }) => ({ to: `/notes/${(await run(noteAdd, { text: "x" })).id.toFixed()}` }),
    }),
  ],
});
const quiet = definePlugin({ name: "quiet" });

const xmail = await openXMail({ storage: memory(), offline: true, plugins: [plugin, quiet] });
const { id } = await xmail.note.add({ text: "x" });
id.toFixed();
(await xmail.domain.list()).total.toFixed();
