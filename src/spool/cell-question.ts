import type {
  SpoolAction,
  SpoolAsk,
  SpoolCount,
  SpooledMessage,
  SpoolGroup,
  SpoolState,
} from "../xmail/spool.ts";
import { parseSpoolFilter } from "../xmail/spool-filter.ts";
import { catching, counter, FOR_STATES, naming } from "./catch.ts";
import { groupKeys } from "./group-keys.ts";
import { compareCells, type MessageRef } from "./layout.ts";
import type { Item } from "./moves.ts";
import { type Samples, samplesOf } from "./samples.ts";
import type { CellContent, ScanWishes } from "./scan.ts";

type Caught = Pick<SpoolAsk, "filter" | "domain" | "now" | "visible">;

/** How the messages are to be counted, by one of their sides. */
interface ShapeQuestion extends Caught {
  readonly about: "shape";
  readonly by: SpoolGroup;
}

/** Which messages there are behind one, as many as are shown. */
interface PageQuestion extends Caught {
  readonly about: "page";
  readonly behind: MessageRef | null;
  readonly most: number;
}

/** What an action would do. */
export interface SightQuestion extends Caught {
  readonly about: "sight";
  readonly action: SpoolAction;
  readonly among: string;
  readonly messages: readonly string[] | null;
  readonly samples: number;
}

/** What a job is to do. */
interface JobQuestion extends Caught {
  readonly about: "job";
  readonly action: SpoolAction;
  /** `null`: all that came before `now`. */
  readonly messages: readonly string[] | null;
}

/** What is asked of each cell; without `visible` it is plain enough to reach another thread. */
export type CellQuestion = ShapeQuestion | PageQuestion | SightQuestion | JobQuestion;

/** Plain, too, and small: there may be a thousand messages, each in a group of its own. */
export interface CellShape {
  readonly keys: readonly string[];
  /** One of each group. */
  readonly subjects: readonly string[];
  /** Of each group three: messages, bytes, the oldest. */
  readonly numbers: Float64Array;
  readonly states: Readonly<Record<SpoolState, number>>;
  readonly writing: number;
  readonly orphans: number;
}

interface CellSight {
  readonly caught: SpoolCount;
  readonly left: SpoolCount;
  readonly samples: Samples;
  readonly leftSamples: Samples;
}

interface Answers {
  readonly shape: CellShape;
  readonly page: readonly SpooledMessage[];
  readonly sight: CellSight;
  readonly job: readonly Item[];
}
export type CellAnswer<Q extends CellQuestion> = Answers[Q["about"]];

/** How a cell is read for a question, and what it answers. */
export interface Answering<Q extends CellQuestion> {
  readonly wishes: ScanWishes;
  of(content: CellContent): CellAnswer<Q>;
}

export function answering<Q extends CellQuestion>(question: Q): Answering<Q>;
export function answering(question: CellQuestion): Answering<CellQuestion> {
  switch (question.about) {
    case "shape":
      return shaping(question);
    case "page":
      return listing(question);
    case "sight":
      return foreseeing(question);
    case "job":
      return choosing(question);
  }
}

function needsLogs(...filters: readonly string[]): boolean {
  return filters.some((filter) => parseSpoolFilter(filter).needsLogs);
}

function shaping(question: ShapeQuestion): Answering<ShapeQuestion> {
  const { by, filter, now } = question;
  const isWanted = catching(question);
  const keyOf = groupKeys(by, now.getTime());
  return {
    wishes: { logs: by === "reason" || needsLogs(filter) ? "read" : "names", temp: true },
    of({ messages, writing, orphans }) {
      const groups = new Map<
        string,
        { readonly subject: string; readonly counted: ReturnType<typeof counter> }
      >();
      const states: Record<SpoolState, number> = { ready: 0, retry: 0, frozen: 0, held: 0 };
      for (const { message } of messages) {
        if (!isWanted(message)) continue;
        states[message.state] += 1;
        const key = keyOf(message);
        let group = groups.get(key);
        if (!group) {
          group = { subject: message.subject, counted: counter() };
          groups.set(key, group);
        }
        group.counted.add(message);
      }
      const numbers = new Float64Array(groups.size * 3);
      let at = 0;
      for (const { counted } of groups.values()) {
        const { messages: count, bytes, oldest } = counted.count();
        numbers.set([count, bytes, oldest], at);
        at += 3;
      }
      const subjects = [...groups.values()].map(({ subject }) => subject);
      return { keys: [...groups.keys()], subjects, numbers, states, writing, orphans };
    },
  };
}

function listing(question: PageQuestion): Answering<PageQuestion> {
  const { behind, most } = question;
  const isWanted = catching(question);
  return {
    wishes: { logs: "read" },
    of({ cell, messages }) {
      const from = behind && compareCells(cell, behind) === 0 ? behind.name : "";
      return messages
        .filter(({ message, name }) => name > from && isWanted(message))
        .slice(0, most)
        .map(({ message }) => message);
    },
  };
}

function foreseeing(question: SightQuestion): Answering<SightQuestion> {
  const { action, filter, among, domain, messages: named, samples: most, now } = question;
  const isMeant = catching(question);
  const isAmong = catching({ filter: among, domain, now });
  const isNamed = naming(named);
  return {
    wishes: { logs: needsLogs(filter, among) ? "read" : "none" },
    of({ messages }) {
      const sides = {
        caught: counter(),
        left: counter(),
        samples: samplesOf(most),
        leftSamples: samplesOf(most),
      };
      for (const { message } of messages) {
        if (!FOR_STATES[action].includes(message.state) || !isNamed(message) || !isAmong(message)) continue;
        const meant = isMeant(message);
        (meant ? sides.caught : sides.left).add(message);
        (meant ? sides.samples : sides.leftSamples).add(message);
      }
      return {
        caught: sides.caught.count(),
        left: sides.left.count(),
        samples: sides.samples.all(),
        leftSamples: sides.leftSamples.all(),
      };
    },
  };
}

function choosing(question: JobQuestion): Answering<JobQuestion> {
  const { action, filter, messages: named, now } = question;
  const isWanted = catching(question);
  const isNamed = naming(named);
  // What came after the job began nobody has looked at, unless it was named.
  const isMeant = (message: SpooledMessage) => (named ? isNamed(message) : message.since <= now.getTime());
  return {
    wishes: { logs: needsLogs(filter) ? "read" : "names" },
    of: ({ cell, messages, companions }) =>
      messages
        .filter(({ message }) => FOR_STATES[action].includes(message.state))
        .filter(({ message }) => isMeant(message) && isWanted(message))
        .map(
          ({ message, name, stage, held }): Item => ({
            ...cell,
            name,
            stage,
            held,
            size: message.size,
            beside: companions.get(name) ?? [],
            ...(action === "resend" ? { to: message.to } : {}),
          }),
        ),
  };
}
