import type { ErrorCode } from "../../../src/errors/codes.ts";
import type { FieldProblem } from "../../../src/errors/error.ts";
import type { Flash } from "../../../src/http/types.ts";
import { type Actor, MASTER_GRANT } from "../../../src/kernel/actor.ts";
import { documentOf } from "../../../src/web/document.ts";
import { withQuery } from "../../../src/web/frame.ts";
import { mayOf } from "../../../src/web/may.ts";
import type { Frame, Page, Screen } from "../../../src/web/page.ts";
import { LANGUAGES, type Language, type Theme } from "../../../src/web/text/language.ts";
import { poisoned } from "./poisoned.ts";

export const MASTER: Actor = { id: "master", name: "sato", grants: [MASTER_GRANT] };
/** May look at everything and change nothing. */
export const READER: Actor = {
  id: "reader",
  name: "mori",
  grants: [
    {
      allow: [
        "domain.list",
        "domain.get",
        "account.list",
        "account.get",
        "alias.list",
        "alias.explain",
        "domainAlias.list",
      ],
      on: { kind: "server" },
    },
  ],
};
/** Looks after one domain. */
export const KEEPER: Actor = {
  id: "keeper",
  name: "kita",
  grants: [{ allow: ["domain.*", "account.*", "alias.*"], on: { kind: "domain", domain: "example.com" } }],
};
/** Signed in, but nothing was assigned yet. */
export const NEWCOMER: Actor = { id: "newcomer", name: "niwa", grants: [] };

/** One screen in one state. */
export interface Exhibit {
  /** `accounts/many`: the page, then the state. */
  readonly name: string;
  readonly here: string;
  /** `null` for people who have not signed in. */
  readonly actor: Actor | null;
  readonly refusal: Frame["refusal"];
  readonly flash: Flash | null;
  screen(frame: Frame): Screen;
  /** The same screen with `text` wherever text from outside stands; none where the screen is made by hand. */
  hostile?(text: string): Exhibit;
}

interface Setting {
  readonly actor?: Actor | null;
  readonly here?: string;
  readonly refusal?: Frame["refusal"];
  readonly flash?: Flash;
}

export function exhibit<D>(name: string, page: Page<D>, data: D, setting: Setting = {}): Exhibit {
  const shown = exhibitOf(name, page.path, (frame) => viewOf(page, data, frame), setting);
  return {
    ...shown,
    hostile: (text) => ({ ...shown, screen: (frame) => viewOf(page, poisoned(data, text), frame) }),
  };
}

export function exhibitOf(
  name: string,
  path: string,
  screen: (frame: Frame) => Screen,
  { actor = MASTER, here = path, refusal = null, flash }: Setting = {},
): Exhibit {
  return { name, here, actor, refusal, flash: flash ?? null, screen };
}

export function refused(
  code: ErrorCode,
  problems: readonly Omit<FieldProblem, "message">[],
  values: Record<string, string> = {},
): Frame["refusal"] {
  return {
    code,
    problems: problems.map((problem) => ({ ...problem, message: "in English" })),
    values: new URLSearchParams(values),
  };
}

export interface Wall {
  readonly language: Language;
  readonly theme: Theme;
  readonly asset?: (name: string) => string;
  readonly now?: Date;
}

const NOW = new Date(2026, 10, 24, 9, 41, 7);

export async function render(
  exhibited: Exhibit,
  { language, theme, asset = (name) => `/assets/${name}`, now = NOW }: Wall,
): Promise<string> {
  const frame: Frame = {
    t: LANGUAGES[language],
    language,
    theme,
    link: withQuery,
    asset,
    csrf: "token-of-this-form",
    here: exhibited.here,
    flash: exhibited.flash,
    refusal: exhibited.refusal,
    me: exhibited.actor?.name ?? null,
    may: mayOf(exhibited.actor),
    serverName: "mail1.example.com",
    now,
  };
  return String(await documentOf(frame, exhibited.screen(frame)));
}

function viewOf<D>(page: Page<D>, data: D, frame: Frame): Screen {
  const screen = page.view?.(data, frame);
  if (!screen) throw new Error(`${page.path} has no view`);
  return screen;
}
