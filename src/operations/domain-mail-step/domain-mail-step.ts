import { domainTarget } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { pathOf } from "../../tab/table-file.ts";
import { ExistingDomain } from "../fields.ts";
import { stepOperations } from "../mail-steps/step-operations.ts";

/** `mailproc.tab` of a domain: runs for every account, before its own; who has no own loses what it does not store. */
export const domainMailStep = stepOperations({
  noun: "domainMailStep",
  one: "step of a domain's mail",
  http: "/domains/{domain}/steps",
  format: FILES.domainMailproc,
  key: { domain: ExistingDomain },
  ending: "mailbox",
  target: ({ domain }) => domainTarget(domain),
  place: (_, { domain }) => pathOf(FILES.domainMailproc, { domain }),
  losing: (after, { domain }) =>
    after.length > 0 && !after.some(({ step }) => step === "mailbox") ? domain : null,
});
