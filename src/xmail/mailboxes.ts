import type { CallOptions, ManyOptions } from "./call-options.ts";
import type { AccountRef } from "./names.ts";

/** A message by where it stands: `new_`, `cur_` (Maildir) or `box_` (mailbox), and the name of its file. */
export interface StoredMessage {
  readonly id: string;
  /** Bytes of its file. */
  readonly size: number;
  /** Milliseconds since 1970, as its name or else its file tells. */
  readonly arrived: number;
}

/** What was counted of one account, and what was counted before. Times in milliseconds since 1970. */
export interface CountedMailbox extends AccountRef {
  readonly bytes: number;
  readonly messages: number;
  /** Bytes over which XMail refuses mail; `null`: no limit. */
  readonly limit: number | null;
  /** When the newest message came; `null` where there is none. */
  readonly newest: number | null;
  /** Last sign-in by POP3; `null`: never. */
  readonly lastLogin: number | null;
  /** `null`: not counted yet, and everything else says nothing. */
  readonly countedAt: number | null;
  /** Whether it is to be counted by the count that is under way. */
  readonly waits: boolean;
  /** An earlier count, for how fast it grows. */
  readonly before: { readonly bytes: number; readonly at: number } | null;
  readonly largest: readonly StoredMessage[];
}

export interface CountWish {
  /** Only its accounts; absent: those of all. */
  readonly domain?: string | undefined;
  /** Begins a new count, also where all were counted; else goes on with the one under way. */
  readonly again: boolean;
  /** Milliseconds after which it ends with what was counted. */
  readonly forMs: number;
  readonly now: Date;
}

/** Of one message in a list. */
export interface MessageHead extends StoredMessage {
  /** Decoded, as its own headers have it; anybody may write anything there. */
  readonly from: string;
  readonly subject: string;
  readonly date: string;
}

export interface MessagesPage {
  readonly items: readonly MessageHead[];
  readonly total: number;
  /** Bytes of all. */
  readonly bytes: number;
  /** Where to go on; `null` at the end. */
  readonly next: string | null;
}

export interface MessagePart {
  /** As the message names it; empty where it does not. */
  readonly name: string;
  readonly type: string;
  /** Bytes, decoded. */
  readonly size: number;
}

/** A message to be read by people. */
export interface OpenedMessage extends StoredMessage {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  /** Without anything active or from elsewhere; `null` where the message has no such part. */
  readonly html: string | null;
  /** Where links of the HTML part lead, and how many pictures and the like were left out. */
  readonly links: readonly string[];
  readonly leftOut: number;
  readonly attachments: readonly MessagePart[];
  /** `cut`: more than is looked at; `broken`: so built that it cannot be taken apart. */
  readonly state: "whole" | "cut" | "broken";
}

/** Mailboxes of accounts as their files tell of them: how much is in them, and single messages. */
export interface MailboxStore {
  /** What was counted last, of all accounts known then. Reads what is kept and walks nowhere. */
  counted(options?: CallOptions): Promise<readonly CountedMailbox[]>;
  /** Counts for a while; what is counted is kept, also when the process is killed later. `STORAGE_LOCKED`. */
  count(wish: CountWish, options?: ManyOptions): Promise<void>;
  /** The newest first. `ACCOUNT_NOT_FOUND`. */
  page(
    ref: AccountRef,
    ask: { readonly after?: string; readonly limit: number },
    options?: CallOptions,
  ): Promise<MessagesPage>;
  /** `null` when it is gone. `ACCOUNT_NOT_FOUND`. */
  open(ref: AccountRef, id: string, options?: CallOptions): Promise<OpenedMessage | null>;
  /** The file as it stands, at most so many bytes. `null` when it is gone. `ACCOUNT_NOT_FOUND`. */
  bytesOf(ref: AccountRef, id: string, most: number, options?: CallOptions): Promise<Uint8Array | null>;
  /** One attachment by its place in `attachments`. `null` when it is gone. `ACCOUNT_NOT_FOUND`. */
  attachment(
    ref: AccountRef,
    id: string,
    place: number,
    options?: CallOptions,
  ): Promise<(MessagePart & { readonly content: Uint8Array }) | null>;
}
