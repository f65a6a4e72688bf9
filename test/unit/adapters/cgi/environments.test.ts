import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { requestFromEnv } from "../../../../adapters/cgi/request-from-env.ts";

interface Fixture {
  /** Where the fact comes from. */
  readonly comment: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string>>;
  readonly expect: {
    readonly url: string;
    readonly basePath: string;
    readonly user?: string;
    readonly headers?: Readonly<Record<string, string | null>>;
  };
}

const FOLDER = fileURLToPath(new URL("../../../fixtures/cgi", import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

test("there are environments of both servers", () => {
  expect(names.filter((name) => name.startsWith("iis-")).length).toBeGreaterThanOrEqual(7);
  expect(names.filter((name) => name.startsWith("apache-")).length).toBeGreaterThanOrEqual(3);
});

test.each(names)("%s", (name) => {
  const {
    environment,
    platform,
    expect: wanted,
  } = JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Fixture;
  const { request, peer } = requestFromEnv(environment, () => new ReadableStream(), platform);
  expect(request.url).toBe(wanted.url);
  expect(peer.basePath).toBe(wanted.basePath);
  expect(peer.address).toBe("192.0.2.7");
  expect(peer.user).toBe(wanted.user);
  for (const [header, value] of Object.entries(wanted.headers ?? {})) {
    expect(request.headers.get(header)).toBe(value);
  }
});
