import { createHash } from "node:crypto";
import type { FetchHandler } from "../../src/http/types.ts";
import { notesPanel } from "../unit/http/panel-of-notes.ts";
import { mark, marked } from "./marks.ts";

/** What every host serves in the suite: the real handler, and below `/echo` whatever shows what the host did. */
export function suiteHandler(): FetchHandler {
  const { handler } = notesPanel();
  return (request, peer) => {
    const { pathname } = new URL(request.url);
    const inside = pathname.slice((peer?.basePath ?? "").length);
    return inside.startsWith("/echo/") ? echo(request, inside, peer) : handler(request, peer);
  };
}

async function echo(request: Request, path: string, peer: Parameters<FetchHandler>[1]): Promise<Response> {
  switch (path.split("/")[2]) {
    case "request":
      return Response.json({
        method: request.method,
        url: request.url,
        path,
        base: peer?.basePath ?? "",
        address: peer?.address,
        user: peer?.user,
        test: request.headers.get("x-test"),
        cookie: request.headers.get("cookie"),
        type: request.headers.get("content-type"),
        hasBody: request.body !== null,
      });
    case "bytes":
      return new Response(await request.arrayBuffer(), {
        headers: { "content-type": "application/octet-stream" },
      });
    case "digest": {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return new Response(`${bytes.length} ${createHash("sha256").update(bytes).digest("hex")}`);
    }
    case "headers": {
      const headers = new Headers({ "content-type": "text/plain", "x-latin": "caf\xe9", vary: "accept" });
      headers.append("vary", "cookie");
      headers.append("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/");
      headers.append("set-cookie", "b=2; Path=/; HttpOnly");
      return new Response("two cookies", { headers });
    }
    case "away":
      return new Response(null, {
        status: 303,
        headers: { location: `${peer?.basePath ?? ""}/echo/request` },
      });
    case "status":
      return new Response(null, { status: Number(path.split("/")[3]) });
    case "large":
      return new Response(Buffer.alloc(5_000_000, "0123456789"), {
        headers: { "content-type": "text/plain" },
      });
    case "all-bytes":
      return new Response(
        Uint8Array.from({ length: 256 }, (_, byte) => byte),
        {
          headers: { "content-type": "image/png" },
        },
      );
    case "not-utf-8":
      return new Response(Uint8Array.of(0x61, 0xff, 0x62), { headers: { "content-type": "text/plain" } });
    case "stream":
      return new Response(slowly(["one ", "two ", "日本"]), {
        headers: { "content-type": "text/plain; charset=utf-8" },
      });
    case "japanese":
      return new Response("管理者", { headers: { "content-type": "text/html; charset=utf-8" } });
    case "until":
      return new Response(firstAndLast(folderIn(request)), { headers: TEXT });
    case "endless":
    case "idle":
      return new Response(unending(request, path === "/echo/endless"), { headers: TEXT });
    case "swallow":
      return swallow(request);
    case "process":
      return Response.json({
        id: process.pid,
        environment: Object.keys(process.env),
        user: peer?.user,
        url: request.url,
        cookie: request.headers.get("cookie"),
        language: request.headers.get("accept-language"),
      });
    case "wait": {
      mark(folderIn(request), "begun");
      await marked(folderIn(request), "go");
      return new Response("done");
    }
    case "crash":
      setTimeout(() => {
        throw new Error("nobody catches this");
      });
      return new Promise(() => undefined);
    case "throw":
      throw new Error("the handler failed");
    default:
      return new Response("nothing", { status: 404 });
  }
}

const TEXT = { "content-type": "text/plain" };

/** Where this request's marks are put. */
function folderIn(request: Request): string {
  return new URL(request.url).searchParams.get("in") ?? "";
}

/** Its last piece comes only after the mark `go`. */
function firstAndLast(folder: string): ReadableStream<Uint8Array> {
  const pieces = ["first ", "last"];
  return new ReadableStream({
    async pull(controller) {
      const piece = pieces.shift();
      if (piece === "last") await marked(folder, "go");
      if (piece === undefined) controller.close();
      else controller.enqueue(Buffer.from(piece));
      mark(folder, piece === "first " ? "first" : "last");
    },
  });
}

/** Bytes for ever, or some and then silence, until nobody wants more. */
function unending(request: Request, busy: boolean): ReadableStream<Uint8Array> {
  const folder = folderIn(request);
  request.signal.addEventListener("abort", () => mark(folder, "aborted"));
  let begun = false;
  return new ReadableStream({
    pull(controller) {
      if (begun && !busy) return new Promise(() => undefined);
      begun = true;
      controller.enqueue(new Uint8Array(65_536));
      return undefined;
    },
    cancel: () => mark(folder, "cancelled"),
  });
}

/** Tells when the body has begun, and whether it broke off. */
async function swallow(request: Request): Promise<Response> {
  const folder = folderIn(request);
  request.signal.addEventListener("abort", () => mark(folder, "aborted"));
  const reader = request.body?.getReader();
  try {
    while (reader && !(await reader.read()).done) mark(folder, "begun");
  } catch (error) {
    mark(folder, "broken");
    throw error;
  }
  mark(folder, "whole");
  return new Response("whole");
}

function slowly(pieces: readonly string[]): ReadableStream<Uint8Array> {
  const left = [...pieces];
  return new ReadableStream({
    async pull(controller) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(Buffer.from(piece));
    },
  });
}
