import { createHash } from "node:crypto";
import { fail } from "../../errors/error.ts";
import type { Exchange } from "./exchange.ts";
import { keysFor } from "./keys.ts";
import { COMMAND, type Reply, type Request } from "./messages.ts";
import { type Agreement, agreementOf, negotiateRequest, type Offer } from "./negotiate.ts";
import { authenticateMessage, negotiateMessage, signatureOf } from "./ntlm.ts";
import type { SmbOptions } from "./options.ts";
import { CIPHERS, sealerFor } from "./sealing.ts";
import { isSigned, signerFor } from "./signing.ts";
import { firstToken, lastToken, MECHANISMS, tokenIn } from "./spnego.ts";
import { STATUS, statusName } from "./status.ts";
import { fields, type Message, malformed, part, u16, u64 } from "./wire.ts";

const SESSION = { guest: 1, anonymous: 2, encrypted: 4 } as const;
/** Room above the largest payload for headers and encryption. */
const FRAME_MARGIN = 64 * 1024;

export interface Agreed {
  readonly agreement: Agreement;
  /** Over everything said so far: from 3.1.1 on the keys are made of it, so that nobody can have changed it. */
  readonly hash: PreauthHash;
}

/** First words: which dialect, and how to sign and encrypt. */
export async function agree(exchange: Exchange, offer: Offer, host: string): Promise<Agreed> {
  const hash = preauthHash();
  const request = { command: COMMAND.negotiate, body: [negotiateRequest(offer, host)] };
  const reply = await askFirst(exchange, request, hash);
  if (reply.status === STATUS.NOT_SUPPORTED)
    tooWeak("The file server speaks no dialect that the configuration allows.");
  if (reply.status !== STATUS.OK) malformed(`negotiate: ${statusName(reply.status)}`);
  hash.add(reply.message);
  const agreement = agreementOf(reply.message, offer);
  exchange.session.counted = agreement.dialect.code > 0x202;
  exchange.session.maxFrame = Math.max(agreement.maxRead, agreement.maxTransact) + FRAME_MARGIN;
  return { agreement, hash };
}

/** Signs in by NTLMv2; afterwards the exchange signs and encrypts as was agreed on. */
export async function signIn(exchange: Exchange, agreed: Agreed, options: SmbOptions): Promise<void> {
  const { agreement, hash } = agreed;
  const { requireSigning = true, requireEncryption = false } = options;
  if (requireEncryption && agreement.cipher === null) tooWeak("The file server cannot encrypt.");
  const { session } = exchange;
  const first = negotiateMessage();
  const challenge = await askFirst(exchange, sessionSetup(firstToken(first), requireSigning), hash);
  if (challenge.status !== STATUS.MORE_PROCESSING_REQUIRED) refused(challenge.status);
  hash.add(challenge.message);
  session.id = u64(challenge.message, 40);
  const account = {
    user: options.user,
    domain: options.domain ?? "",
    password: options.password.reveal(),
  };
  const { message, key } = authenticateMessage(account, options.host, first, tokenOf(challenge));
  const last = await askFirst(
    exchange,
    sessionSetup(lastToken(message, signatureOf(key, MECHANISMS)), requireSigning),
    hash,
  );
  if (last.status !== STATUS.OK) refused(last.status);

  const flags = u16(last.message, 66);
  if ((flags & (SESSION.guest | SESSION.anonymous)) !== 0) {
    fail(
      "STORAGE_DENIED",
      "The file server knows no such account and let us in as a guest only, which we refuse.",
      {
        internal: { flags },
      },
    );
  }
  const keys = keysFor(agreement.dialect, key, hash.value(), CIPHERS[agreement.cipher ?? 1].keyBytes);
  const signer = signerFor(agreement.signing, keys.signing);
  if (requireSigning || isSigned(last.message)) {
    if (!isSigned(last.message)) tooWeak("The file server does not sign its answers.");
    // It proves that the server knows the password too, and that nobody stood between.
    if (!signer.isGenuine(last.message)) malformed("a sign-in that was changed on the way");
  }
  session.signer = signer;
  session.signing = requireSigning || agreement.signingRequired;
  if (agreement.cipher !== null) session.sealer = sealerFor(agreement.cipher, session.id, keys);
  if (requireEncryption || (flags & SESSION.encrypted) !== 0) beginSealing(exchange);
}

export function beginSealing({ session }: Exchange): void {
  if (!session.sealer) malformed("encryption without a cipher");
  session.sealing = true;
}

export function tooWeak(message: string): never {
  return fail("STORAGE_DENIED", message);
}

function refused(status: number): never {
  return fail("STORAGE_DENIED", "The file server refused the sign-in: check user, domain and password.", {
    internal: { status: statusName(status) },
  });
}

function sessionSetup(token: Buffer, requireSigning: boolean): Request {
  const fixed = fields(
    24,
    ...([
      [0, 2, 25],
      [3, 1, requireSigning ? 3 : 1],
      [12, 2, 64 + 24],
      [14, 2, token.length],
    ] as const),
  );
  return { command: COMMAND.sessionSetup, body: [fixed, token] };
}

function tokenOf({ message }: Reply): Message {
  return tokenIn(part(message, u16(message, 68), u16(message, 70)));
}

async function askFirst(exchange: Exchange, request: Request, hash: PreauthHash): Promise<Reply> {
  const [reply] = await exchange.ask([request], { onSent: hash.add });
  return reply ?? malformed("no answer");
}

interface PreauthHash {
  add(message: Message): void;
  value(): Buffer;
}

function preauthHash(): PreauthHash {
  let value = Buffer.alloc(64);
  return {
    add(message) {
      value = createHash("sha512").update(value).update(message).digest();
    },
    value: () => value,
  };
}
