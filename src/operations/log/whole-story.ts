import type { Context } from "../../kernel/context.ts";
import type { LogSearch } from "../../xmail/logs.ts";
import { logsOf, seenIn } from "./reading.ts";
import { cellOf, type LogRowOutput, outputOf } from "./rows.ts";
import { idIn, inOrder, storiesOf } from "./story.ts";

const MOST_STEPS = 100;
const MOST = 512 * 1024 * 1024;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A queue is tried for days; ids are counted up and do not come again so soon. */
const DAYS_OF_TRIES = 7;
/** How long after a mail from elsewhere was taken in the line of its fetching may stand: one at the end of each round. */
const FETCH_MS = HOUR_MS;
/** Mailboxes of one message whose owners' next sign-in is looked for. */
const MOST_OWNERS = 5;

/** All that the logs tell of the message that these lines are about, in the order of time. */
export async function wholeStory(
  ctx: Context,
  story: readonly LogRowOutput[],
): Promise<readonly LogRowOutput[]> {
  const [first] = story;
  const id = story.map(idIn).find((found) => found !== null);
  if (!first || id === undefined || id === null) return story;
  const named = await linesOf(ctx, id, first.time === null ? {} : triesFrom(first.time));
  const known = new Map([...story, ...named].map((row) => [placeOf(row), row]));
  const told = storiesOf([...known.values()])[0] ?? story;
  const more = [...(await fetchings(ctx, id, told)), ...(await signIns(ctx, told))];
  return more.length === 0 ? told : inOrder([...told, ...more]);
}

/** The lines that name a message by its id, such as that of its delivery to somebody else. */
export async function linesOf(ctx: Context, id: string, range: Range): Promise<LogRowOutput[]> {
  const { rows } = await lines(ctx, {
    kinds: ["smtp", "smail", "lmail", "filters"],
    id,
    ...range,
    limit: MOST_STEPS,
  });
  return rows;
}

type Range = Pick<LogSearch, "since" | "until">;

const triesFrom = (time: string): Range => between(time, -2 * HOUR_MS, DAYS_OF_TRIES * DAY_MS);

/** Where a message of the queue may stand in the logs: the clock of the mail server may be in any zone. */
export function rangeOf(since: number): Range {
  const time = shownTime(since);
  return between(time, -DAY_MS, (DAYS_OF_TRIES + 1) * DAY_MS);
}

/** Where it came by: the round of a POP3 link that took it in. */
async function fetchings(
  ctx: Context,
  id: string,
  story: readonly LogRowOutput[],
): Promise<readonly LogRowOutput[]> {
  const [first] = story;
  if (!id.startsWith("P") || !first?.time) return [];
  const isHis = (row: LogRowOutput) =>
    story.some(
      ({ domain, name }) =>
        // A link may be for whoever the letter's head names, of a domain or of several.
        (row.domain === null || row.domain === domain) && (row.name === null || row.name === name),
    );
  const { rows } = await lines(ctx, {
    kinds: ["psync"],
    ...between(first.time, -60_000, FETCH_MS),
    order: "oldest",
    limit: MOST_STEPS,
  });
  return rows.filter((row) => cellOf(row, "messages") !== "0" && isHis(row)).slice(0, 1);
}

/** The first time that the owner of a mailbox signed in after the message lay there: his program could fetch it then. */
async function signIns(ctx: Context, story: readonly LogRowOutput[]): Promise<readonly LogRowOutput[]> {
  const lying = new Map<string, string>();
  for (const step of story)
    if (step.status === "LOCAL" && step.time !== null && !lying.has(boxOf(step)))
      lying.set(boxOf(step), step.time);
  const found: LogRowOutput[] = [];
  for (const [account, since] of [...lying].slice(0, MOST_OWNERS)) {
    ctx.signal.throwIfAborted();
    const { rows } = await lines(ctx, {
      kinds: ["pop3"],
      account,
      status: "LOGIN",
      since,
      order: "oldest",
      limit: 1,
    });
    found.push(...rows);
  }
  return found;
}

const boxOf = (step: LogRowOutput) => (cellOf(step, "parameter") || cellOf(step, "recipient")).toLowerCase();

function between(time: string, before: number, after: number): Range {
  const at = Date.parse(`${time.replace(" ", "T")}Z`);
  if (Number.isNaN(at)) return { since: time, until: time };
  return { since: shownTime(at + before), until: shownTime(at + after) };
}

const shownTime = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

const placeOf = ({ file, offset }: LogRowOutput) => `${file}:${offset}`;

/** Rows that the actor sees. */
export async function lines(
  ctx: Context,
  search: Omit<LogSearch, "order" | "visible"> & Partial<Pick<LogSearch, "order">>,
): Promise<{ readonly rows: LogRowOutput[]; readonly more: boolean }> {
  const seen = seenIn(ctx);
  const { rows, next } = await logsOf(ctx).search(
    { order: "newest", ...search, most: MOST, visible: (row) => seen(row) !== null },
    ctx,
  );
  const told = rows.flatMap((row) => {
    const about = seen(row);
    return about === null ? [] : [outputOf(row, about)];
  });
  return { rows: told, more: next !== null };
}
