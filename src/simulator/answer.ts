import type { MailRoot } from "./root.ts";

/** What a command is answered with. Lines are byte strings without their ends. */
export type Answer =
  | { readonly kind: "done" }
  /** Rows, sent as they are. */
  | { readonly kind: "records"; readonly lines: readonly string[] }
  /** Lines of a file: a leading dot is doubled, what is longer than the buffer comes in pieces. */
  | { readonly kind: "file"; readonly text: string }
  /** A list that never ends: the server forgets the last dot. */
  | { readonly kind: "endless" }
  /** `store` gets the lines of the upload, `null` when there was none, and may still refuse. */
  | { readonly kind: "upload"; store(text: string | null): Promise<void> }
  | { readonly kind: "bye" };

export const DONE: Answer = { kind: "done" };

export interface Command {
  /** Arguments behind the command word; another number is a syntax error. */
  readonly least: number;
  readonly most: number;
  run(root: MailRoot, args: readonly string[]): Promise<Answer> | Answer;
}

/** An argument that the argument count has already promised. */
export function argument(args: readonly string[], at: number): string {
  return args[at] ?? "";
}
