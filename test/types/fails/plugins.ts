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
const plugin = definePlugin({ name: "notes", operations: { note: { add: noteAdd } } });
const xmail = await openXMail({ storage: memory(), offline: true, plugins: [plugin] });
const plain = await openXMail({ storage: memory(), offline: true });

await xmail.note.add({ txt: "x" }); // refused
await xmail.note.remove(); // refused
await plain.note.add({ text: "x" }); // refused

definePlugin({ operations: { note: { add: noteAdd } } }); // refused
definePlugin({ name: "notes", words: { en: {} } }); // refused
definePage({ path: "/notes", view: () => ({ title: "Notes", body: "<p>a text is no HTML</p>" }) }); // refused
definePage({ path: "/notes", view: () => ({ title: html`<b>no tab shows this</b>`, body: html`` }) }); // refused
