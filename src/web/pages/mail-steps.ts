import type { Operation } from "../../kernel/operation.ts";
import type { TSchema } from "../../kernel/schema.ts";
import { commandAliasStep } from "../../operations/command-alias/command-alias.ts";
import { customDomainStep } from "../../operations/custom-domain/custom-domain.ts";
import { domainMailStep } from "../../operations/domain-mail-step/domain-mail-step.ts";
import { mailStep } from "../../operations/mail-step/mail-step.ts";
import type { Ask, Frame, Params } from "../page.ts";
import { deadEnds } from "../parts/dead-ends.ts";
import { shown } from "../parts/shown.ts";
import { accountPath, domainPath } from "../paths.ts";
import { keyOf } from "../rows/row-screens.ts";
import { stepPages, stepScreens } from "../rows/step-pages.ts";

const accountCrumbs = ({ t, link }: Frame, { domain = "", name = "" }: Params) => [
  { href: link("/accounts"), words: t.menu.accounts },
  { href: link(accountPath({ domain, name })), words: shown(`${name}@${domain}`) },
];
const domainCrumbs = ({ t, link }: Frame, { domain = "" }: Params) => [
  { href: link("/domains"), words: t.menu.domains },
  { href: link(domainPath(domain)), words: shown(domain) },
];

/** Where the steps send mail on to nobody. */
function deadEndsOf(operation: unknown, path: string) {
  return async (ask: Ask) => {
    const { items } = (await ask.run(operation as Operation<TSchema, TSchema>, {
      ...keyOf(path, ask.params),
      limit: 200,
    })) as { items: readonly { readonly entry: { readonly addresses?: readonly string[] } | null }[] };
    return deadEnds(
      ask,
      items.flatMap(({ entry }) => entry?.addresses ?? []),
    );
  };
}

const ACCOUNT = "/accounts/:domain/:name/steps";
const DOMAIN = "/domains/:domain/steps";
const ALIAS = "/domains/:domain/command-aliases/:alias/steps";
const CUSTOM = "/custom-domains/:domain/steps";

const accountSteps = {
  operations: mailStep,
  path: ACCOUNT,
  words: "mailStep",
  of: "account",
  crumbs: accountCrumbs,
  more: deadEndsOf(mailStep.list, ACCOUNT),
} as const;
const domainSteps = {
  operations: domainMailStep,
  path: DOMAIN,
  words: "domainMailStep",
  of: "domain",
  crumbs: domainCrumbs,
  more: deadEndsOf(domainMailStep.list, DOMAIN),
} as const;
const aliasSteps = {
  operations: commandAliasStep,
  path: ALIAS,
  words: "commandAliasStep",
  of: "other",
  crumbs: (frame: Frame, params: Params) => [
    ...domainCrumbs(frame, params),
    {
      href: frame.link(domainPath(params["domain"] ?? "", "/command-aliases")),
      words: frame.t.commandAliases.title,
    },
    {
      href: frame.link(domainPath(params["domain"] ?? "", "/command-aliases")),
      words: shown(params["alias"] ?? ""),
    },
  ],
  more: deadEndsOf(commandAliasStep.list, ALIAS),
} as const;
const customSteps = {
  operations: customDomainStep,
  path: CUSTOM,
  words: "customDomainStep",
  of: "other",
  crumbs: ({ t, link }: Frame, { domain = "" }: Params) => [
    { href: link("/custom-domains"), words: t.menu.customDomains },
    { href: link("/custom-domains"), words: shown(domain) },
  ],
  more: deadEndsOf(customDomainStep.list, CUSTOM),
} as const;

/** For whoever shows them all. */
export const STEP_SCREENS = {
  account: stepScreens(accountSteps),
  domain: stepScreens(domainSteps),
  commandAlias: stepScreens(aliasSteps),
  customDomain: stepScreens(customSteps),
};
export const accountStepPages = stepPages(accountSteps);
export const domainStepPages = stepPages(domainSteps);
export const commandAliasStepPages = stepPages(aliasSteps);
export const customDomainStepPages = stepPages(customSteps);
