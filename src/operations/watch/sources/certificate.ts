import { X509Certificate } from "node:crypto";
import { problem, type Source } from "./source.ts";

/** Where XMail has its certificate, below MailRoot. */
const CERTIFICATE = "server.cert";
const DAY_MS = 24 * 3_600_000;

/** How long XMail's certificate is good still; nothing is said where there is none. */
export const certificateSource: Source = async (ctx, { bounds }) => {
  const bytes = await ctx.xmail.files.read(CERTIFICATE, { signal: ctx.signal });
  if (bytes === null || bytes.length === 0) return { problems: [], numbers: {} };
  const certificate = new X509Certificate(bytes);
  const left = Date.parse(certificate.validTo) - ctx.now().getTime();
  const days = Math.floor(left / DAY_MS);
  const name = nameOf(certificate);
  const found =
    left <= 0
      ? [problem("certificateOver", name, -days)]
      : days <= bounds.certificateDays
        ? [problem("certificateEnds", name, days, bounds.certificateDays)]
        : [];
  return { problems: found, numbers: { certificateDays: days } };
};

function nameOf({ subject }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(subject)?.[1] ?? "";
}
