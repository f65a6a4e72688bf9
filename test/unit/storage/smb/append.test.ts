import { describe, expect, test } from "vitest";
import { hasStatus } from "../../../../src/storage/smb/errors.ts";
import type { Link } from "../../../../src/storage/smb/link.ts";
import { COMMAND, type Reply, type Request } from "../../../../src/storage/smb/messages.ts";
import { STATUS } from "../../../../src/storage/smb/status.ts";
import { appendToFile } from "../../../../src/storage/smb/write.ts";

const MAX_WRITE = 4;

/** A link whose server answers by `status`; what was taken stands in `file`. */
function linkTo(status: (request: Request, nth: number) => number) {
  const file: number[] = [];
  let underWay = 0;
  let most = 0;
  const seen = new Map<number, number>();
  const answer = (request: Request): Reply => {
    const nth = (seen.get(request.command) ?? 0) + 1;
    seen.set(request.command, nth);
    const message = Buffer.alloc(64 + 96);
    const found = status(request, nth);
    const bytes = request.command === COMMAND.write ? (request.body.at(-1) ?? new Uint8Array()) : [];
    if (found === STATUS.OK) file.push(...bytes);
    message.writeUInt32LE(bytes.length, 68);
    return { status: found, message };
  };
  const link = {
    agreement: { maxWrite: MAX_WRITE },
    async ask(...requests: readonly Request[]) {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return requests.map(answer);
    },
  } as unknown as Link;
  return { link, file, most: () => most };
}

const FATE = { signal: undefined, deciding: <T>(step: () => Promise<T>) => step() };
const BYTES = Uint8Array.from({ length: 10 }, (_, at) => at);

function append(link: Link): Promise<void> {
  return appendToFile(link, "log", BYTES, FATE, (work) => work());
}

describe("adding to a file", () => {
  test("goes piece after piece, so that there is never a hole", async () => {
    const { link, file, most } = linkTo(() => STATUS.OK);
    await append(link);
    expect(file).toEqual([...BYTES]);
    expect(most()).toBe(1);
  });

  test.each<[string, number, number]>([
    ["a later piece", COMMAND.write, 2],
    ["the flush", COMMAND.flush, 1],
  ])("%s that is refused is no refusal of the whole, which would be tried again", async (_, command, nth) => {
    const { link, file } = linkTo((request, at) =>
      request.command === command && at === nth ? STATUS.USER_SESSION_DELETED : STATUS.OK,
    );
    const error = await append(link).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "STORAGE_FAILED", message: expect.stringContaining("Look before") });
    expect(hasStatus(error, STATUS.USER_SESSION_DELETED)).toBe(false);
    expect(file).toEqual([...BYTES].slice(0, file.length));
    expect(file.length).toBeGreaterThan(0);
  });

  test("the first piece refused is: nothing was added", async () => {
    const { link, file } = linkTo((request) =>
      request.command === COMMAND.write ? STATUS.USER_SESSION_DELETED : STATUS.OK,
    );
    const error = await append(link).catch((reason: unknown) => reason);
    expect(hasStatus(error, STATUS.USER_SESSION_DELETED)).toBe(true);
    expect(file).toEqual([]);
  });
});
