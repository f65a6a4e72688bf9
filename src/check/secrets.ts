import { type Finding, finding } from "../xmail/check.ts";

interface Source {
  readonly file?: string;
  readonly env?: string;
}

interface Files {
  modeOf?(path: string): Promise<number | null>;
}

const READABLE_BY_OTHERS = 0o007;
const GROUP = 0o070;

/** Files of secrets that more people may read than need to. Group members may be on purpose; all others never are. */
export async function checkSecrets(
  sources: Readonly<Record<string, Source>>,
  { modeOf }: Files,
): Promise<readonly Finding[]> {
  if (!modeOf) return [];
  const found: Finding[] = [];
  let looked = 0;
  for (const [field, { file }] of Object.entries(sources)) {
    if (file === undefined) continue;
    const mode = await modeOf(file).catch(() => null);
    if (mode === null) continue;
    looked += 1;
    if ((mode & (READABLE_BY_OTHERS | (GROUP & 0o020))) !== 0) {
      found.push(finding("configuration", "secretShown", { field, mode: (mode & 0o777).toString(8) }));
    }
  }
  return looked > 0 && found.length === 0 ? [finding("configuration", "secretsHidden")] : found;
}
