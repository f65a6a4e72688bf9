import { Type } from "../../kernel/schema.ts";
import { LOOKED_AT, NUMBERS, type NumberName, PROBLEMS, type ProblemCode } from "../../kernel/watch.ts";
import { Count, fields, Moment, oneOf, orNull } from "../fields.ts";

const CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

const ProblemRow = fields({
  code: oneOf(CODES),
  about: Type.String({ description: "The account, address, file or error; empty for the whole server" }),
  tone: oneOf(["bad", "warn"]),
  value: Type.Integer({ minimum: 0, description: "Messages, hours, days, bytes, tries or networks" }),
  bound: Type.Integer({ minimum: 0, description: "From which on it is told; 0 where there is none" }),
});

const Numbers = fields(
  Object.fromEntries(NUMBERS.map((name) => [name, orNull(Type.Integer())])) as Record<
    NumberName,
    ReturnType<typeof orNull<ReturnType<typeof Type.Integer>>>
  >,
);

/** One look at everything. */
export const LookRow = fields({
  at: Moment,
  problems: Type.Array(ProblemRow, { description: "The bad ones first" }),
  numbers: Numbers,
  unknown: Type.Array(oneOf(LOOKED_AT), { description: "What could not be looked at" }),
});

/** What was sent by one way. */
export const ToldRow = fields({
  way: Type.String({ description: "mail:ADDRESS or webhook" }),
  begun: Count,
  over: Count,
  failure: orNull(Type.String({ description: "Why nobody was told; the next run tries again" })),
});

/** For pages that look: how long the queue may be walked. */
export const seconds = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 600,
    description: "Walk the queue so long at most; absent: all of it",
  }),
);
