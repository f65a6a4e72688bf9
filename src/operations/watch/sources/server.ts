import { serverStatus } from "../../server/status.ts";
import { problem, type Source } from "./source.ts";

/** Whether XMail answers and its files can be read, and how much there is of everything. */
export const serverSource: Source = async (ctx) => {
  const { reachable, problem: code, mode, counts } = await serverStatus.handler(ctx, {});
  const down = !reachable && mode !== "tab";
  const { domainAliases: _, ...numbers } = counts ?? { domainAliases: 0 };
  return {
    problems: [
      ...(down ? [problem("serverUnreachable", code ?? "")] : []),
      ...(!down && code !== null ? [problem("filesUnreachable", code)] : []),
    ],
    numbers,
  };
};

/** A change that was left half done. */
export const changesSource: Source = async (ctx) => {
  const { changes } = ctx.xmail;
  if (!changes) return null;
  const unfinished = await changes.unfinished({ signal: ctx.signal });
  return { problems: unfinished ? [problem("changeUnfinished")] : [], numbers: {} };
};
