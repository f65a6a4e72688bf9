import { describe, expect, test } from "vitest";
import {
  bodyLength,
  type CgiEnvironment,
  requestFromEnv,
} from "../../../../adapters/cgi/request-from-env.ts";

function read(env: CgiEnvironment) {
  const { request, peer } = requestFromEnv(env, () => new ReadableStream());
  return { url: request.url, ...peer, headers: request.headers, hasBody: request.body !== null };
}

const apache: CgiEnvironment = {
  SERVER_NAME: "mail.example.com",
  SERVER_PORT: "80",
  REMOTE_ADDR: "192.0.2.1",
  REQUEST_METHOD: "GET",
};

describe("address of a CGI request", () => {
  const script = "/cgi-bin/x.cgi";
  test.each<[string, CgiEnvironment, { url: string; basePath: string }]>([
    [
      "raw form wins over the decoded one",
      { REQUEST_URI: `${script}/a%3Fb/c?q=1`, SCRIPT_NAME: script, PATH_INFO: "/a?b/c", QUERY_STRING: "q=1" },
      { url: `http://mail.example.com${script}/a%3Fb/c?q=1`, basePath: script },
    ],
    [
      "the program itself",
      { REQUEST_URI: script, SCRIPT_NAME: script },
      { url: `http://mail.example.com${script}`, basePath: script },
    ],
    [
      "rewritten from /mail",
      { REQUEST_URI: "/mail/domains/a%20b", SCRIPT_NAME: script, PATH_INFO: "/domains/a b" },
      { url: "http://mail.example.com/mail/domains/a%20b", basePath: "/mail" },
    ],
    [
      "rewritten from the root",
      { REQUEST_URI: "/domains?x", SCRIPT_NAME: script, PATH_INFO: "/domains" },
      { url: "http://mail.example.com/domains?x", basePath: "" },
    ],
    [
      "no REQUEST_URI, as IIS, which repeats the program in PATH_INFO",
      { SCRIPT_NAME: "/mail/x.cgi", PATH_INFO: "/mail/x.cgi/日本/a b", QUERY_STRING: "q=1" },
      { url: "http://mail.example.com/mail/x.cgi/%E6%97%A5%E6%9C%AC/a%20b?q=1", basePath: "/mail/x.cgi" },
    ],
    [
      "no REQUEST_URI, PATH_INFO by the book",
      { SCRIPT_NAME: "/mail/x.cgi", PATH_INFO: "/domains" },
      { url: "http://mail.example.com/mail/x.cgi/domains", basePath: "/mail/x.cgi" },
    ],
    [
      "a path that only begins like the program's",
      { SCRIPT_NAME: "/mail", PATH_INFO: "/mailboxes" },
      { url: "http://mail.example.com/mail/mailboxes", basePath: "/mail" },
    ],
    [
      "TLS and a port of its own",
      { HTTPS: "on", SERVER_PORT: "8443", REQUEST_URI: script, SCRIPT_NAME: script },
      { url: `https://mail.example.com:8443${script}`, basePath: script },
    ],
    [
      "TLS at the usual port, and the Host header",
      {
        HTTPS: "on",
        SERVER_PORT: "443",
        HTTP_HOST: "panel.example.com",
        REQUEST_URI: script,
        SCRIPT_NAME: script,
      },
      { url: `https://panel.example.com${script}`, basePath: script },
    ],
    [
      "HTTPS=off",
      { HTTPS: "off", REQUEST_URI: script, SCRIPT_NAME: script },
      { url: `http://mail.example.com${script}`, basePath: script },
    ],
    [
      "a path that looks like another host",
      { REQUEST_URI: "//evil.example/x", SCRIPT_NAME: "", PATH_INFO: "//evil.example/x" },
      { url: "http://mail.example.com//evil.example/x", basePath: "" },
    ],
  ])("%s", (_, env, wanted) => {
    expect(read({ ...apache, ...env })).toMatchObject({ ...wanted, address: "192.0.2.1" });
  });
});

test("headers come from HTTP_ names, CONTENT_TYPE and CONTENT_LENGTH, and never from HTTP_PROXY", () => {
  const { headers } = read({
    ...apache,
    HTTP_PROXY: "http://evil.example",
    HTTP_X_FORWARDED_FOR: "192.0.2.7",
    CONTENT_TYPE: "text/plain",
    CONTENT_LENGTH: "",
    REDIRECT_STATUS: "200",
    PATH: "/bin",
  });
  expect([...headers]).toEqual([
    ["content-type", "text/plain"],
    ["x-forwarded-for", "192.0.2.7"],
  ]);
});

test("the length of the body", () => {
  expect(bodyLength({ CONTENT_LENGTH: "12" })).toBe(12);
  expect(bodyLength({ CONTENT_LENGTH: "" })).toBe(0);
  expect(bodyLength({})).toBe(0);
  expect(bodyLength({ CONTENT_LENGTH: "-1" })).toBe(0);
  expect(bodyLength({ CONTENT_LENGTH: "1e9" })).toBe(0);
  expect(bodyLength({ HTTP_TRANSFER_ENCODING: "chunked" })).toBeNull();
  const post = { ...apache, REQUEST_METHOD: "POST" };
  expect(read({ ...post, CONTENT_LENGTH: "0" }).hasBody).toBe(false);
  expect(read({ ...post, CONTENT_LENGTH: "1" }).hasBody).toBe(true);
  expect(read({ ...apache, CONTENT_LENGTH: "1" }).hasBody).toBe(false);
});
