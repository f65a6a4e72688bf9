import type { Command } from "../ctrl/wire.ts";
import type { StoragePath } from "../storage/path.ts";

/** A command as it was rehearsed. */
export interface CommandStep {
  readonly kind: "command";
  readonly command: Command;
  /** What is sent once XMail asks for it. */
  readonly payload: Buffer | null;
  /** Of the answer; 0 unless XMail refuses after it has done something. */
  readonly code: number;
  readonly timeoutMs: number | null;
  /** The file that an upload makes; `null` when nothing was uploaded. */
  readonly uploaded: string | null;
}

/** Mail that a command would delete, moved aside before it. */
export interface KeepStep {
  readonly kind: "keep";
  readonly folder: StoragePath;
  readonly kept: StoragePath;
}

/** Mail that comes back from the bin. */
export interface BringBackStep {
  readonly kind: "bringBack";
  readonly kept: StoragePath;
  readonly folder: StoragePath;
}

export type Step = CommandStep | KeepStep | BringBackStep;
