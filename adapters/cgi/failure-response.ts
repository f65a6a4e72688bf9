const TITLE = "The panel cannot answer";
const WORDS = "Something is wrong with the panel itself. The reason is in the error log of the web server.";

/** What the client sees when there is no panel to answer: no paths, no secrets, no stack. */
export function failureResponse({ url, method, headers }: Request, basePath: string): Response {
  const inApi = new URL(url).pathname.startsWith(`${basePath}/api/`);
  const person = !inApi && (headers.get("accept") ?? "").includes("text/html");
  const body = method === "HEAD" ? null : person ? page() : problem();
  return new Response(body, {
    status: 500,
    headers: {
      "content-type": person ? "text/html; charset=utf-8" : "application/problem+json",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
    },
  });
}

function page(): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${TITLE}</title></head>
<body><main><h1>${TITLE}</h1><p>${WORDS}</p></main></body>
</html>
`;
}

function problem(): string {
  const problem = { type: "errors.md#INTERNAL", title: TITLE, status: 500, detail: WORDS, code: "INTERNAL" };
  return JSON.stringify({ ...problem, retryable: false });
}
