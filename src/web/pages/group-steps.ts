import { groupRemove } from "../../operations/group/change.ts";
import { groupGet } from "../../operations/group/list.ts";
import { groupResume, groupSuspend } from "../../operations/group/mail.ts";
import { groupFillList } from "../../operations/group/mailing-list.ts";
import { groupSetVacation } from "../../operations/group/vacation.ts";
import { type GroupDetails, groupCrumbs, groupPath } from "../groups/group-words.ts";
import { definePage } from "../page.ts";
import { confirmation } from "../parts/confirm.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { plainFormPage } from "../rows/plain-form.ts";
import type { Text } from "../text/en.ts";
import { count } from "../text/format.ts";

interface Step {
  readonly rest: string;
  readonly operation: unknown;
  readonly fields: readonly string[];
  readonly first: Readonly<Record<string, unknown>>;
  readonly flash: keyof Text["flash"];
  words(t: Text): { readonly title: string; readonly lead: string };
}

const STEPS: readonly Step[] = [
  {
    rest: "/suspend",
    operation: groupSuspend,
    fields: ["whom"],
    first: { whom: "current" },
    flash: "groupSuspended",
    words: ({ groups }) => ({ title: groups.suspendTitle, lead: groups.suspendText }),
  },
  {
    rest: "/resume",
    operation: groupResume,
    fields: ["whom"],
    first: { whom: "current" },
    flash: "groupResumed",
    words: ({ groups }) => ({ title: groups.resumeTitle, lead: groups.resumeText }),
  },
  {
    rest: "/fill-list",
    operation: groupFillList,
    fields: ["rights"],
    first: { rights: "RW" },
    flash: "groupListFilled",
    words: ({ groups }) => ({ title: groups.fillTitle, lead: groups.fillText }),
  },
  {
    rest: "/vacation",
    operation: groupSetVacation,
    fields: ["whom", "on", "subject", "text", "from", "until", "days"],
    first: { whom: "current", on: true },
    flash: "groupVacationSet",
    words: ({ groups }) => ({ title: groups.vacationTitle, lead: groups.vacationText }),
  },
];

/** What is done to the accounts of all members at once. */
export const groupStepPages = STEPS.map(({ rest, operation, fields, first, flash, words }) =>
  plainFormPage({
    operation,
    path: `/groups/:group${rest}`,
    fields,
    title: ({ t }) => words(t).title,
    lead: ({ t }) => words(t).lead,
    button: ({ t }) => words(t).title,
    crumbs: (frame, params, { group }) => groupCrumbs(frame, params, group),
    back: ({ group = "" }) => groupPath(group),
    load: async ({ run, params }) => ({ ...first, group: (await run(groupGet, params)).name }),
    done: ({ params: { group = "" } }, output) => ({
      to: groupPath(group),
      flash: { tone: "ok", text: flash, values: wordsOf(output) },
    }),
  }),
);

/** Of the answer, what a message afterwards may name. */
function wordsOf(output: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(output as object).map(([name, value]) => [
      name,
      typeof value === "number" ? count(value) : String(value),
    ]),
  );
}

export const groupRemovePage = definePage<GroupDetails>({
  path: "/groups/:group/remove",
  load: ({ run, params }) => run(groupGet, params),
  view({ id, name }, frame) {
    const { t } = frame;
    const title = fillText(t.groups.removeQuestion, { name });
    return {
      title,
      body: confirmation(frame, {
        path: groupPath(id, "/remove"),
        crumbs: groupCrumbs(frame, { group: id }, name),
        title: fill(t.groups.removeQuestion, { name: shown(name) }),
        words: t.groups.removeText,
        button: t.groups.removeTitle,
        destroys: true,
        wayOut: { href: frame.link(groupPath(id)), words: t.confirm.keep },
      }),
    };
  },
  async submit({ run, params }) {
    const { name } = await run(groupRemove, params);
    return { to: "/groups", flash: { tone: "ok", text: "groupRemoved", values: { name } } };
  },
});
