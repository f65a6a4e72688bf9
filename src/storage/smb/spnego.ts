import { type Message, malformed, part, u8 } from "./wire.ts";

const TAG = {
  oid: 0x06,
  octets: 0x04,
  sequence: 0x30,
  application: 0x60,
  init: 0xa0,
  response: 0xa1,
} as const;
const SPNEGO = Buffer.from("06062b0601050502", "hex");
const NTLM = Buffer.from("060a2b06010401823702020a", "hex");
/** In both kinds of messages the token of the mechanism is field 2. */
const TOKEN_FIELD = 0xa2;
const MIC_FIELD = 0xa3;

/** What we can, as it stands in the first message; the code over it proves that nobody took something out. */
export const MECHANISMS = element(TAG.sequence, NTLM);

/** First message of RFC 4178: we can only NTLM, and this is its first token. */
export function firstToken(token: Buffer): Buffer {
  const fields = [element(0xa0, MECHANISMS), element(TOKEN_FIELD, element(TAG.octets, token))];
  return element(
    TAG.application,
    Buffer.concat([SPNEGO, element(TAG.init, element(TAG.sequence, Buffer.concat(fields)))]),
  );
}

export function lastToken(token: Buffer, mic: Buffer): Buffer {
  const fields = [
    element(TOKEN_FIELD, element(TAG.octets, token)),
    element(MIC_FIELD, element(TAG.octets, mic)),
  ];
  return element(TAG.response, element(TAG.sequence, Buffer.concat(fields)));
}

/** The token inside; of a server that does not wrap, the bytes as they are. */
export function tokenIn(bytes: Message): Message {
  if (bytes.toString("latin1", 0, 7) === "NTLMSSP") return bytes;
  const { tag, value } = read(bytes, 0);
  if (tag !== TAG.response) malformed("a sign-in that is no SPNEGO");
  const fields = read(value, 0);
  for (let at = 0; at < fields.value.length; ) {
    const field = read(fields.value, at);
    if (field.tag === TOKEN_FIELD) return read(field.value, 0).value;
    at = field.end;
  }
  return malformed("a sign-in without a token");
}

function element(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), value]);
}

function read(bytes: Message, at: number): { tag: number; value: Message; end: number } {
  const tag = u8(bytes, at);
  const short = u8(bytes, at + 1);
  const more = short < 0x80 ? 0 : short & 0x7f;
  if (more > 3) malformed("a sign-in of endless length");
  let length = more === 0 ? short & 0x7f : 0;
  for (let index = 0; index < more; index += 1) length = length * 256 + u8(bytes, at + 2 + index);
  const start = at + 2 + more;
  return { tag, value: part(bytes, start, length), end: start + length };
}
