import { type LambdaEvent, toLambda } from "../../adapters/lambda/lambda.ts";
import { suiteHandler } from "./host-handler.ts";
import { type Got, hostSuite, type Sent } from "./host-suite.ts";

/** The event as AWS documents it, there and back through JSON as Lambda's runtime sends it. */
function eventOf({ method, path, headers, body }: Sent, stage: string, host: string): LambdaEvent {
  const [rawPath = "", rawQueryString = ""] = path.split("?", 2);
  const { cookie, ...rest } = headers;
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath: stage === "$default" ? rawPath : `/${stage}${rawPath}`,
    rawQueryString,
    headers: { host, ...rest },
    ...(cookie === undefined ? {} : { cookies: cookie.split("; ") }),
    requestContext: { domainName: host, stage, http: { method, sourceIp: "127.0.0.1" } },
    ...(body === undefined ? {} : { body: Buffer.from(body).toString("base64"), isBase64Encoded: true }),
  };
  return JSON.parse(JSON.stringify(event)) as LambdaEvent;
}

async function through(sent: Sent, stage: string, host: string): Promise<Got> {
  const answer = await toLambda(suiteHandler())(eventOf(sent, stage, host));
  const result = JSON.parse(JSON.stringify(answer)) as typeof answer;
  return {
    status: result.statusCode,
    headers: result.headers,
    cookies: result.cookies,
    body: Buffer.from(result.body, result.isBase64Encoded ? "base64" : "utf8"),
  };
}

for (const stage of ["$default", "mail"]) {
  const host = "abc.lambda-url.eu-west-1.on.aws";
  hostSuite(`Lambda, stage ${stage}`, async () => ({
    origin: `https://${host}`,
    basePath: stage === "$default" ? "" : `/${stage}`,
    send: (sent) => through(sent, stage, host),
    close: async () => undefined,
  }));
}
