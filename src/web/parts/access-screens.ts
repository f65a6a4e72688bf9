import type { Static } from "../../kernel/schema.ts";
import type { accessExplain } from "../../operations/access/explain.ts";
import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { type AnyRowOperations, pathTo, type RowScreens } from "../rows/row-screens.ts";
import { accessQuestion, answerTo, type Question } from "./access-question.ts";
import { badge } from "./badge.ts";
import { tabs } from "./tabs.ts";

type Explanation = Static<typeof accessExplain.output>;

interface Options {
  readonly operations: AnyRowOperations;
  readonly path: string;
  readonly words: RowScreens["words"];
  readonly columns: readonly string[];
  readonly question: Question;
  readonly tabs?: (frame: Frame) => Html;
  readonly crumbs?: RowScreens["crumbs"];
  readonly actions?: RowScreens["actions"];
}

/** Pages of a table of addresses: with the question which of its rules decides. */
export function accessScreens({ question, tabs: above, crumbs, actions, ...options }: Options): RowScreens {
  return {
    ...options,
    more: (ask) => answerTo(ask, question),
    above: (frame, { more, params }) =>
      html`${above?.(frame)}${accessQuestion(frame, pathTo(options.path, params), question, more as Explanation | null)}`,
    cell(frame, name, entry) {
      if (name !== "decision") return undefined;
      const words = frame.t.values.decision;
      return entry[name] === "allow" ? badge("ok", words.allow) : badge("bad", words.deny);
    },
    ...(crumbs ? { crumbs } : {}),
    ...(actions ? { actions } : {}),
  };
}

const SERVICES = [
  { service: "smtp", path: "/access", needs: "smtpAccess.list" },
  { service: "pop3", path: "/access/pop3", needs: "pop3Access.list" },
  { service: "ctrl", path: "/access/ctrl", needs: "ctrlAccess.list" },
  { service: "finger", path: "/access/finger", needs: "fingerAccess.list" },
] as const;

/** The maps of the four services, one beside the other. */
export function accessMap(
  service: "smtp" | "pop3" | "ctrl" | "finger",
  operations: AnyRowOperations,
): RowScreens {
  return accessScreens({
    operations,
    path: service === "smtp" ? "/access" : `/access/${service}`,
    words: `${service}Access`,
    columns: ["range", "decision", "precedence"],
    question: { service, fields: ["address"] },
    tabs: (frame) =>
      tabs(
        frame.t.access.services,
        SERVICES.filter(({ needs }) => frame.may.use(needs)).map((one) => ({
          href: frame.link(one.path),
          words: frame.t.access.tabs[one.service],
          current: one.service === service,
        })),
      ),
  });
}

/** Exceptions by address and by name. */
export function exceptionTabs(current: "byAddress" | "byName"): (frame: Frame) => Html {
  const views = [
    { path: "/smtp-exceptions", words: "byAddress" },
    { path: "/smtp-exceptions/names", words: "byName" },
  ] as const;
  return (frame) =>
    tabs(
      frame.t.access.exceptions,
      views.map(({ path, words }) => ({
        href: frame.link(path),
        words: frame.t.access[words],
        current: words === current,
      })),
    );
}
