import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium as engine, type Page } from "playwright-core";

/** A Chromium that asks nobody anything. */
export function openBrowser(executablePath: string): Promise<Browser> {
  return engine.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--headless",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Without this Chromium 156 stopped answering, in some runs, at the first page after a context was closed. It takes the
      // place of Playwright's own list of the kind, none of which a server on this machine needs.
      "--disable-features=ProactivelySwapBrowsingInstance,BackForwardCache,RenderDocument",
    ],
  });
}

/** What a page must never do: break the policy, throw, or ask something in a box of its own. */
export function watch(page: Page): string[] {
  const seen: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") seen.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith("http://127.0.0.1:")) seen.push(`request: ${request.url()}`);
  });
  return seen;
}

/** Listens on a free port of this machine only. */
export async function listen(listener: RequestListener): Promise<{ origin: string; close(): Promise<void> }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
