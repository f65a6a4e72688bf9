import { describe, expect, test } from "vitest";
import { type AddressOptions, locate } from "../../../src/http/address.ts";
import type { Peer } from "../../../src/http/types.ts";

interface Case {
  readonly url: string;
  readonly peer?: Peer;
  readonly options?: AddressOptions;
  readonly headers?: Record<string, string>;
}

function at({ url, peer = {}, options = {}, headers = {} }: Case) {
  const { origin, base, path, secure, peer: found } = locate(new Request(url, { headers }), peer, options);
  return { origin, base, path, secure, address: found.address };
}

const forwarded = {
  "x-forwarded-proto": "http, https",
  "x-forwarded-host": "evil.example, mail.example.com",
  "x-forwarded-prefix": "/tools",
  "x-forwarded-for": "6.6.6.6, 192.0.2.7",
};

describe("prefix and path", () => {
  test.each<[string, Case, { base: string; path: string }]>([
    ["none", { url: "http://h/domains" }, { base: "", path: "/domains" }],
    ["root", { url: "http://h" }, { base: "", path: "/" }],
    ["option", { url: "http://h/mail/x", options: { basePath: "/mail" } }, { base: "/mail", path: "/x" }],
    [
      "option, without a slash",
      { url: "http://h/mail", options: { basePath: "/mail" } },
      { base: "/mail", path: "/" },
    ],
    ["mount", { url: "http://h/a/b/x", peer: { basePath: "/a/b" } }, { base: "/a/b", path: "/x" }],
    [
      "mount wins",
      { url: "http://h/a/x", peer: { basePath: "/a" }, options: { basePath: "/m" } },
      { base: "/a", path: "/x" },
    ],
    [
      "mount at the root",
      { url: "http://h/x", peer: { basePath: "" }, options: { basePath: "/m" } },
      { base: "", path: "/x" },
    ],
    [
      "baseUrl, prefix kept by the proxy",
      { url: "http://localhost/p/x", options: { baseUrl: "https://h/p/" } },
      { base: "/p", path: "/x" },
    ],
    [
      "baseUrl, prefix cut by the proxy",
      { url: "http://localhost/x", options: { baseUrl: "https://h/p" } },
      { base: "/p", path: "/x" },
    ],
    [
      "baseUrl over a mount",
      {
        url: "http://localhost/mail/x",
        peer: { basePath: "/mail" },
        options: { baseUrl: "https://h/tools/mail" },
      },
      { base: "/tools/mail", path: "/x" },
    ],
    [
      "trusted prefix over a mount",
      {
        url: "http://h/mail/x",
        peer: { basePath: "/mail" },
        options: { trustProxy: true },
        headers: forwarded,
      },
      { base: "/tools/mail", path: "/x" },
    ],
    ["decoded", { url: "http://h/%E6%97%A5/a%20b%3F" }, { base: "", path: "/日/a b?" }],
  ])("%s", (_, given, wanted) => {
    expect(at(given)).toMatchObject(wanted);
  });

  test.each(["http://h/mailbox", "http://h/", "http://h/x/mail"])("%s is not below /mail", (url) => {
    expect(() => at({ url, options: { basePath: "/mail" } })).toThrowError(
      expect.objectContaining({ code: "NOT_FOUND" }),
    );
  });
});

describe("origin and client", () => {
  test("a proxy is believed only when told so, and only its own last word", () => {
    const given = { url: "http://inner:81/", peer: { address: "10.0.0.1" }, headers: forwarded };
    expect(at(given)).toMatchObject({ origin: "http://inner:81", secure: false, address: "10.0.0.1" });
    expect(at({ ...given, options: { trustProxy: true } })).toMatchObject({
      origin: "https://mail.example.com",
      secure: true,
      address: "192.0.2.7",
    });
  });

  test("values of the wrong shape are as good as none", () => {
    const headers = {
      "x-forwarded-proto": "javascript",
      "x-forwarded-host": "a b/c",
      "x-forwarded-prefix": "//evil.example",
      "x-forwarded-for": "<script>",
    };
    expect(at({ url: "http://h/", headers, options: { trustProxy: true } })).toEqual({
      origin: "http://h",
      base: "",
      path: "/",
      secure: false,
      address: undefined,
    });
  });

  test("baseUrl decides alone", () => {
    const options = { baseUrl: "https://mail.example.com", trustProxy: true };
    const headers = { "x-forwarded-proto": "http", "x-forwarded-host": "mail.example.com" };
    expect(at({ url: "http://localhost/", headers, options })).toMatchObject({
      origin: "https://mail.example.com",
      secure: true,
    });
  });
});
