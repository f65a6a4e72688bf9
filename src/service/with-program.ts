import type { Backend, ChangeMaker } from "../xmail/backend.ts";
import type { ServerProgram } from "../xmail/server.ts";

/** The way to XMail, knowing what a configuration tells of its program. */
export function withProgram(backend: Backend, program: ServerProgram): Backend {
  const { changes, server } = backend;
  return {
    ...backend,
    server: { ...server, program },
    ...(changes && program.answerProgram ? { changes: alsoOnCopies(changes, program.answerProgram) } : {}),
  };
}

/** A copy of XMail has no program that could be restarted, but what is written into it is what XMail will start. */
function alsoOnCopies(changes: ChangeMaker, answerProgram: readonly string[]): ChangeMaker {
  const program: ServerProgram = { restart: null, answerProgram, startLine: async () => null };
  return {
    ...changes,
    rehearse: (work, call) =>
      changes.rehearse((copy) => work({ ...copy, server: { ...copy.server, program } }), call),
  };
}
