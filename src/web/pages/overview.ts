import type { ErrorCode } from "../../errors/codes.ts";
import { hasCode } from "../../errors/error.ts";
import type { Static } from "../../kernel/schema.ts";
import { accountList } from "../../operations/account/list.ts";
import { changeList } from "../../operations/change/list.ts";
import type { ChangeRow } from "../../operations/change/rows.ts";
import { changeStatus } from "../../operations/change/status.ts";
import { domainList } from "../../operations/domain/list.ts";
import { serverStatus } from "../../operations/server/status.ts";
import { watchGet } from "../../operations/watch/run.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { atHand } from "../parts/at-hand.ts";
import { empty } from "../parts/empty.ts";
import { flashOf, notice } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { landing } from "../parts/landing.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fill, shown } from "../parts/shown.ts";
import { stats } from "../parts/stats.ts";
import { table } from "../parts/table.ts";
import { lastChanges, lookFindings, lookLine, lookNumbers } from "../parts/watch-view.ts";
import { domainPath } from "../paths.ts";
import { clock, count } from "../text/format.ts";

type Status = Static<typeof serverStatus.output>;
type Recovered = Static<typeof changeStatus.output>["recovered"][number];
type Look = Static<typeof watchGet.output>["look"];
type Lists = Static<typeof accountList.output>;
type Domains = Static<typeof domainList.output>;

export interface OverviewData {
  /** `null` for people who look after some domains only. */
  readonly status: Status | null;
  /** What was found half done since this browser was told last. */
  readonly recovered?: readonly Recovered[];
  /** A change is under way, or waits to be finished. */
  readonly unfinished?: boolean;
  /** The look that was kept last; `null`: none yet. Absent where none is kept. */
  readonly look?: Look;
  readonly changes?: readonly ChangeRow[];
  /** For them: the domains they look after. */
  readonly domains: Domains | null;
  /** For who looks after lists only. */
  readonly lists?: Lists;
}

export const overviewPage = definePage<OverviewData>({
  path: "/",
  async load(ask) {
    const { run, may } = ask;
    if (may.reach("server.status")) {
      return {
        status: await run(serverStatus, {}),
        domains: null,
        ...(await changesTold(ask)),
        ...(await lastOf(ask)),
      };
    }
    if (may.use("domain.list")) return { status: null, domains: await run(domainList, {}) };
    if (!may.use("account.list")) return { status: null, domains: null };
    return { status: null, domains: null, lists: await run(accountList, { kind: "list" }) };
  },
  view(data, frame) {
    if (data.status) return serverView(data.status, data, frame);
    if (data.lists || frame.mailbox) return landing(frame, data.lists?.items ?? null);
    return ownView(data.domains, frame);
  },
});

interface Finding {
  readonly tone: "bad" | "warn";
  readonly title: string;
  readonly words: string | Html;
}

function findingsOf({ reachable, problem, mode, transport }: Status, { t }: Frame): Finding[] {
  const found: Finding[] = [];
  if (problem !== null || (!reachable && mode !== "tab")) {
    const code =
      problem !== null && Object.hasOwn(t.errors, problem) ? (problem as ErrorCode) : "XMAIL_UNREACHABLE";
    found.push({ tone: "bad", title: t.errors[code].title, words: t.errors[code].advice });
  }
  if (mode === "tab") found.push({ tone: "warn", title: t.overview.stopped, words: t.overview.stoppedText });
  if (transport === "clear")
    found.push({ tone: "warn", title: t.overview.clear, words: t.overview.clearText });
  return found;
}

const LAST_CHANGES = 5;

/** What was kept: nothing that would make this page wait. */
async function lastOf({ run, may }: Ask): Promise<Pick<OverviewData, "look" | "changes">> {
  const kept = may.reach("watch.get")
    ? await run(watchGet, {}).catch((error: unknown) => {
        if (hasCode(error, "BAD_CONFIG")) return null;
        throw error;
      })
    : null;
  const changes = may.reach("change.list") ? (await run(changeList, { limit: LAST_CHANGES })).items : [];
  return { changes, ...(kept ? { look: kept.look } : {}) };
}

const TOLD_COOKIE = "recovered";

/** Each is told once: the browser remembers the latest it has seen. */
async function changesTold({
  run,
  may,
  visit,
}: Ask): Promise<Pick<OverviewData, "recovered" | "unfinished">> {
  if (!may.reach("change.status")) return {};
  const { recovered, unfinished } = await run(changeStatus, {});
  const told = Number(visit.cookies.get(TOLD_COOKIE) ?? 0);
  const news = recovered.filter(({ at }) => !(Date.parse(at) <= told));
  const [latest] = news;
  if (latest) visit.browser.prefer(TOLD_COOKIE, String(Date.parse(latest.at)));
  return { recovered: news, unfinished: unfinished === true };
}

/** What waits for the next change, or for somebody who looks. */
function unsettledIn({ recovered = [], unfinished = false }: OverviewData, frame: Frame): Finding[] {
  const { t } = frame;
  return [
    ...recovered.filter(isSetAside).map((one): Finding => {
      return { tone: "bad", title: t.changes.setAsideTitle, words: recoveredWords(frame, one) };
    }),
    ...(unfinished
      ? [{ tone: "warn", title: t.changes.unfinishedTitle, words: t.changes.unfinished } as const]
      : []),
  ];
}

function isSetAside({ outcome }: Recovered): boolean {
  return outcome === "setAside";
}

function recoveredWords(frame: Frame, { at, outcome, files, note }: Recovered): Html {
  const { t } = frame;
  const words = fill(t.changes.recovered[outcome], {
    when: moment(frame, at),
    note: html`<span class="mono">${shown(note ?? "")}</span>`,
  });
  return html`${words}<br><span class="small mono">${files.map((file) => html`${shown(file)} `)}</span>`;
}

function recoveredNotice(frame: Frame, one: Recovered): Html {
  const history = { href: frame.link("/changes"), words: frame.t.changes.history };
  return notice("warn", html`<p>${recoveredWords(frame, one)}</p>`, history);
}

function serverView(status: Status, data: OverviewData, frame: Frame) {
  const { t } = frame;
  const { look } = data;
  const findings = [
    ...findingsOf(status, frame),
    ...(look ? lookFindings(look, frame) : []),
    ...unsettledIn(data, frame),
  ].sort((a, b) => Number(a.tone === "warn") - Number(b.tone === "warn"));
  const tone = findings.some((finding) => finding.tone === "bad")
    ? "bad"
    : findings.length > 0
      ? "warn"
      : "ok";
  return {
    title: t.overview.title,
    state: { tone, words: t.overview.short(findings.length) } as const,
    body: html`${pageHead(frame, {
      title: t.overview.title,
      ...(status.version === null ? {} : { lead: shown(status.version) }),
      actions: [
        frame.may.reach("server.check") &&
          html`<a class="btn" href="${frame.link("/check")}">${t.menu.check}</a>`,
        html`<a class="btn" href="${frame.link("/")}">${t.overview.again}</a>`,
      ],
    })}
${flashOf(frame)}
${data.recovered?.filter((one) => !isSetAside(one)).map((one) => recoveredNotice(frame, one))}
<section class="verdict" aria-labelledby="verdict">
<div class="verdict-line is-${tone}"><h2 id="verdict">${findings.length === 0 ? t.overview.fine : t.overview.problems(findings.length)}</h2><p>${fill(t.overview.checked, { time: html`<time datetime="${frame.now.toISOString()}">${clock(frame.now)}</time>` })}</p></div>
${findings.map(
  (finding) =>
    html`<div class="finding"><span class="dot is-${finding.tone}" aria-hidden="true"></span><div><h3>${finding.title}</h3><p>${finding.words}</p></div></div>`,
)}
${look !== undefined && lookLine(look, frame)}
</section>
${look && lookNumbers(look, frame)}
${status.counts && countsView(status.counts, frame)}
${status.storage !== null && atHand(frame)}
${lastChanges(data.changes ?? [], frame)}
<section class="flow" aria-labelledby="server"><h2 id="server">${t.overview.server}</h2>
${facts(
  [
    [t.overview.changes, t.overview.modes[status.mode]],
    [t.overview.line, t.overview.lines[status.transport]],
    status.storage !== null && [t.overview.storage, storageWords(status.storage, frame)],
  ],
  true,
)}</section>`,
  };
}

/** Where the files are: "SFTP mail.example.com". */
function storageWords({ kind, host }: NonNullable<Status["storage"]>, { t }: Frame): Html {
  const { storages } = t.overview;
  const name = Object.hasOwn(storages, kind) ? storages[kind] : shown(kind);
  return host === null ? html`${name}` : html`${name} ${shown(host)}`;
}

function countsView(counts: NonNullable<Status["counts"]>, frame: Frame): Html {
  const { t, may } = frame;
  if (counts.domains === 0) {
    return empty(t.overview.noDomains, t.overview.noDomainsText, [
      may.reach("domain.add") &&
        html`<a class="btn primary" href="${frame.link("/add-domain")}">${t.domains.add}</a>`,
    ]);
  }
  const list = (operation: string, path: string, query = {}) =>
    may.use(operation) ? frame.link(path, query) : null;
  return stats(t.overview.numbers, [
    { label: t.overview.domains, value: counts.domains, href: list("domain.list", "/domains") },
    {
      label: t.overview.accounts,
      value: counts.accounts,
      href: list("account.list", "/accounts", { kind: "user" }),
    },
    {
      label: t.overview.lists,
      value: counts.lists,
      href: list("account.list", "/accounts", { kind: "list" }),
    },
    { label: t.overview.aliases, value: counts.aliases, href: list("alias.list", "/aliases") },
    {
      label: t.overview.domainAliases,
      value: counts.domainAliases,
      href: list("domainAlias.list", "/domain-aliases"),
    },
  ]);
}

/** For who looks after some domains: those, and nothing about the server. */
function ownView(domains: Domains | null, frame: Frame) {
  const { t } = frame;
  const rows = domains?.items ?? [];
  return {
    title: t.overview.title,
    body: html`${pageHead(frame, { title: t.overview.title })}
${flashOf(frame)}
${
  rows.length === 0
    ? empty(t.overview.nothing, t.overview.nothingText)
    : html`<section class="flow" aria-labelledby="yours"><h2 id="yours">${t.overview.yours}</h2><div class="framed">${table(
        t.overview.yours,
        [
          {
            label: t.domains.name,
            looks: "c-key",
            cell: (row: (typeof rows)[number]) =>
              html`<a href="${frame.link(domainPath(row.domain))}">${shown(row.domain)}</a>`,
          },
          { label: t.domains.accounts, looks: "num", cell: (row) => count(row.accounts) },
          { label: t.domains.lists, looks: "num", cell: (row) => count(row.lists) },
          { label: t.domains.aliases, looks: "num", cell: (row) => count(row.aliases) },
        ],
        rows,
      )}</div></section>`
}`,
  };
}
