import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { TOP } from "../gates/tree-copy.ts";
import { startSshd } from "../live/sftp/server.ts";
import { describeWith, sshd } from "../peers.ts";
import { newReader } from "./reader.ts";

/** Stands for Lambda's runtime: one event a line, its answer's status and whether it has a form. */
const RUNTIME = `import { createInterface } from "node:readline";
import { handler } from "./lambda.mjs";
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await handler(JSON.parse(line));
  console.log(answer.statusCode, answer.body.includes("csrf"));
}
process.exit();
`;
const EVENT = JSON.stringify({
  rawPath: "/sign-in",
  headers: { host: "x.example" },
  requestContext: { http: { method: "GET" } },
});

describeWith("sshd", sshd(), "the example docs/examples/lambda.ts, over a real OpenSSH", () => {
  test("answers, and still does after it was frozen and its connection ended", async () => {
    const reader = await newReader("example.com");
    const server = await startSshd({ extensions: true });
    const example = readFileSync(join(TOP, "docs/examples/lambda.ts"), "utf8");
    const mine = example
      .replace('host: "mail.example.com", account', 'host: "127.0.0.1", account')
      .replace('host: "mail.example.com",', `host: "127.0.0.1", port: ${server.port},`)
      .replace('user: "xmailcfg"', `user: "${server.user}"`)
      .replace("/var/lib/xmailcfg", server.folder);
    reader.write("lambda.mjs", reader.fitted(mine));
    reader.write("runtime.mjs", RUNTIME);
    const env = {
      PATH: process.env["PATH"],
      CONTROL_PASSWORD: "control-password",
      SSH_HOST_KEY: server.hostKey,
      SSH_KEY: server.privateKey,
    };
    const child = spawn(process.execPath, ["runtime.mjs"], {
      cwd: reader.home,
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    const said = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async () => {
      child.stdin.write(`${EVENT}\n`);
      return (await said.next()).value;
    };
    try {
      expect((await said.next()).value).toBe("ready");
      expect([await ask(), await ask()]).toEqual(["200 true", "200 true"]);
      child.kill("SIGSTOP");
      server.endSessions();
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.kill("SIGCONT");
      expect(await ask()).toBe("200 true");
    } finally {
      child.stdin.end();
      child.kill("SIGKILL");
      await ended;
      await server.stop();
      await reader.leave();
    }
  });
});
