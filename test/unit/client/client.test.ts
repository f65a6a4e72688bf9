import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toNodeListener } from "../../../adapters/node/node.ts";
import { createClient } from "../../../src/client/client.ts";
import { requestFor } from "../../../src/client/request.ts";
import { type AppError, isAppError } from "../../../src/errors/error.ts";
import { mergeInput } from "../../../src/http/api-input.ts";
import { matchesOf, routesOf } from "../../../src/http/api-routes.ts";
import type { AnyOperation } from "../../../src/kernel/operation.ts";
import { problemsOf } from "../../../src/kernel/schema.ts";
import { ALL_OPERATIONS } from "../../../src/operations/table.ts";
import { openWorld, type World } from "../../conformance/world.ts";
import { inputFor } from "../../table/inputs.ts";

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "none",
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  );
}

describe("the client against the real API over HTTP", () => {
  let world: World;
  const server = createServer((request, response) => listener(request, response));
  let listener: ReturnType<typeof toNodeListener>;
  let url: string;
  let key: string;
  beforeAll(async () => {
    world = await openWorld("ctrl+files");
    listener = toNodeListener(world.panel);
    key = (await world.state.addApiKey({ administrator: "master", name: "client" })).reveal();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await world.close();
  });

  test("calls operations as the library does", async () => {
    const client = createClient({ url, key });
    await client.account.add({ domain: "example.com", name: "hana", password: "Long-enough-1" });
    expect(await client.account.get({ domain: "example.com", name: "hana" })).toEqual(
      await world.xmail.account.get({ domain: "example.com", name: "hana" }),
    );
    expect(await client.account.list({ search: "han", limit: 5 })).toEqual(
      await world.xmail.account.list({ search: "han", limit: 5 }),
    );
    await client.alias.add({ domain: "example.com", alias: "*", target: "hana" });
    await client.alias.remove({ domain: "example.com", alias: "*" });
    expect((await client.server.status()).reachable).toBe(true);
  });

  test("raises the far side's errors with their fields", async () => {
    const client = createClient({ url, key });
    expect(await codeOf(client.domain.get({ domain: "nowhere.test" }))).toBe("DOMAIN_NOT_FOUND");
    const refused = await client.domain.add({ domain: "a b" }).catch((error: AppError) => error);
    expect(refused).toMatchObject({
      code: "INVALID_INPUT",
      fields: [{ field: "domain", rule: "domain-name" }],
    });
    expect(await codeOf(createClient({ url, key: "xmc_no_no" }).domain.list())).toBe("UNAUTHENTICATED");
  });

  test("names what is in the way when nobody, or somebody else, answers", async () => {
    expect(await codeOf(createClient({ url: "http://127.0.0.1:1", key }).domain.list())).toBe(
      "XMAIL_UNREACHABLE",
    );
    expect(await codeOf(createClient({ url: `${url}assets`, key }).domain.list())).toMatch(
      /NOT_FOUND|XMAIL_PROTOCOL/,
    );
    expect(() => createClient({ url: "mail.example.com", key })).toThrow(
      expect.objectContaining({ code: "BAD_CONFIG" }),
    );
    const stopped = AbortSignal.abort();
    expect(await codeOf(createClient({ url, key }).domain.list({}, { signal: stopped }))).toBe("ABORTED");
    const passkey = { id: "a", name: "Phone", publicKey: "", counter: 0, transports: [] };
    expect(await codeOf(createClient({ url, key }).me.addPasskey(passkey))).toBe("NOT_FOUND");
  });
});

/** Parts of a path that lead elsewhere. */
const DOTS = [".", ".."];
const pathFields = ({ http }: AnyOperation) =>
  [...(http ?? "").matchAll(/\{(\w+)\}/g)].map(([, one = ""]) => one);
const isDotPart = (operation: AnyOperation, input: Readonly<Record<string, unknown>>) =>
  pathFields(operation).some((field) => DOTS.includes(String(input[field])));

const ON_THE_NETWORK = ALL_OPERATIONS.filter(({ http }) => http !== null);

test.each(ON_THE_NETWORK.map((operation) => [operation.name, operation] as const))(
  "%s: whatever the input, the request reaches its own route with the same fields",
  (_, operation) => {
    const routes = routesOf(ALL_OPERATIONS);
    fc.assert(
      fc.property(inputFor(operation), (input) => {
        fc.pre(problemsOf(operation.input, input).length === 0);
        fc.pre(!isDotPart(operation, input));
        const { method, path } = requestFor(operation, input);
        const { pathname } = new URL(`http://127.0.0.1${path}`);
        fc.pre(!pathname.includes("%2F"));
        const match = matchesOf(routes, decodeURIComponent(pathname)).find(
          (found) => found.route.method === method,
        );
        expect(match?.route.operation.name).toBe(operation.name);
        const { params = new Map<string, string>() } = match ?? {};
        const reads = mergeInput(operation.input, { params, query: new URLSearchParams(), body: {} });
        for (const [field, value] of Object.entries(reads)) expect(value).toBe(input[field]);
      }),
    );
  },
);

test.each(ON_THE_NETWORK.filter((one) => pathFields(one).length > 0).map((one) => [one.name, one] as const))(
  "%s: what would lead to another operation's address is not sent",
  async (_, operation) => {
    for (const field of pathFields(operation)) {
      for (const dots of DOTS) {
        const others = Object.fromEntries(pathFields(operation).map((one) => [one, "a"]));
        expect(() => requestFor(operation, { ...others, [field]: dots })).toThrow(
          expect.objectContaining({ code: "INVALID_INPUT", fields: [expect.objectContaining({ field })] }),
        );
      }
    }
  },
);
