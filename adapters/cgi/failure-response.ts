const TITLE = "The panel cannot answer";
const WORDS = "Something is wrong with the panel itself. The reason is in the error log of the web server.";

/** What the client sees when there is no panel to answer: no paths, no secrets, no stack. */
export function failureResponse({ url, method, headers }: Request, basePath: string): Response {
  const inApi = new URL(url).pathname.startsWith(`${basePath}/api/`);
  const failure = failureText(!inApi && (headers.get("accept") ?? "").includes("text/html"));
  return new Response(method === "HEAD" ? null : failure.body, {
    status: 500,
    headers: failure.headers.map(([name, value]): [string, string] => [name, value]),
  });
}

/** The same for who has no Fetch classes; `person`, or a program that asks. */
export function failureText(person: boolean) {
  return {
    headers: [
      ["content-type", person ? "text/html; charset=utf-8" : "application/problem+json"],
      ["cache-control", "no-store"],
      ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
      ["x-content-type-options", "nosniff"],
    ],
    body: person ? page() : problem(),
  } as const;
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
