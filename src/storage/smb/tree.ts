import { fail } from "../../errors/error.ts";
import type { Exchange } from "./exchange.ts";
import { COMMAND, type Reply, type Request } from "./messages.ts";
import type { Agreement, Offer } from "./negotiate.ts";
import type { SmbOptions } from "./options.ts";
import { beginSealing, tooWeak } from "./sign-in.ts";
import { STATUS, statusName } from "./status.ts";
import { fields, malformed, part, u8, u16, u32, utf16 } from "./wire.ts";

const DISK = 1;
const ENCRYPTED = 0x8000;
const VALIDATE_NEGOTIATE_INFO = 0x00140204;
/** What servers answer that never heard of the question. */
const UNKNOWN_QUESTION: readonly number[] = [
  STATUS.FILE_CLOSED,
  STATUS.INVALID_DEVICE_REQUEST,
  STATUS.NOT_SUPPORTED,
];

/** Enters the share. */
export async function connectTree(exchange: Exchange, { host, share }: SmbOptions): Promise<void> {
  const path = utf16(`\\\\${host}\\${share}`);
  const fixed = fields(8, [0, 2, 9], [4, 2, 64 + 8], [6, 2, path.length]);
  const { status, message } = await askSigned(exchange, {
    command: COMMAND.treeConnect,
    body: [fixed, path],
  });
  if (status === STATUS.BAD_NETWORK_NAME)
    refuse("STORAGE_FAILED", "The file server has no share of this name.", status);
  if (status === STATUS.ACCESS_DENIED) {
    refuse("STORAGE_DENIED", "The account may not use this share, or the server wants encryption.", status);
  }
  if (status !== STATUS.OK) refuse("STORAGE_FAILED", "The file server does not open the share.", status);
  if (u8(message, 66) !== DISK) refuse("STORAGE_FAILED", "The share is not one of files.", status);
  exchange.session.tree = u32(message, 36);
  if ((u32(message, 68) & ENCRYPTED) === 0) return;
  if (!exchange.session.sealer)
    tooWeak("The share wants encryption, for which the server's dialect is too old.");
  beginSealing(exchange);
}

/**
 * Asks under signature what the server heard and said when nothing was signed yet: somebody between may have weakened
 * it. From 3.1.1 on the keys themselves depend on it.
 */
export async function validateAgreement(
  exchange: Exchange,
  offer: Offer,
  agreement: Agreement,
): Promise<void> {
  const input = Buffer.concat([
    fields(4, [0, 4, offer.capabilities]),
    offer.guid,
    fields(4, [0, 2, offer.securityMode], [2, 2, offer.dialects.length]),
    ...offer.dialects.map(({ code }) => fields(2, [0, 2, code])),
  ]);
  const fixed = fields(
    56,
    ...([
      [0, 2, 57],
      [4, 4, VALIDATE_NEGOTIATE_INFO],
      [24, 4, 64 + 56],
      [28, 4, input.length],
      [44, 4, 24],
      [48, 4, 1],
    ] as const),
  );
  fixed.fill(0xff, 8, 24);
  const { status, message } = await askSigned(exchange, { command: COMMAND.ioctl, body: [fixed, input] });
  if (agreement.dialect.code < 0x300 && UNKNOWN_QUESTION.includes(status)) return;
  if (status !== STATUS.OK) malformed(`validate negotiate: ${statusName(status)}`);
  const heard = part(message, u32(message, 96), 24);
  const isSame =
    u32(message, 100) >= 24 &&
    u32(heard, 0) === agreement.capabilities &&
    part(heard, 4, 16).equals(agreement.serverGuid) &&
    u16(heard, 20) === agreement.securityMode &&
    u16(heard, 22) === agreement.dialect.code;
  if (!isSame) malformed("an agreement that was changed on the way");
}

async function askSigned(exchange: Exchange, request: Request): Promise<Reply> {
  const [reply] = await exchange.ask([request], { signed: true });
  return reply ?? malformed("no answer");
}

function refuse(code: "STORAGE_FAILED" | "STORAGE_DENIED", message: string, status: number): never {
  return fail(code, message, { internal: { status: statusName(status) } });
}
