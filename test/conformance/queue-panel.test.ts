import { afterEach, beforeEach, expect, test } from "vitest";
import { seedStorm } from "../../src/simulator/demo-storm.ts";
import { local } from "../../src/storage/local.ts";
import { formOf, type PanelVisitor, valuesOf, visitorOf } from "./panel-visitor.ts";
import { openWorld, type World } from "./world.ts";

const STORM = { seed: 11, account: "carol@example.com", spam: 12, innocent: 3, others: 5 } as const;
let world: World;
let visitor: PanelVisitor;

beforeEach(async () => {
  world = await openWorld("tab");
  await seedStorm(local(world.mailRoot), { ...STORM, now: new Date(Date.now() - 60_000) });
  visitor = visitorOf(world.panel);
  await visitor.signIn("master", "Administrator-1");
});
afterEach(() => world.close());

const held = async () => {
  const { states } = (await (await world.api("GET", "/spool/shape")).json()) as { states: { held: number } };
  return states.held;
};

test("messages that are ticked are shown once more, and only they are held", async () => {
  const queue = await visitor.open("/queue");
  const boxes = queue.tags.filter(({ attributes }) => attributes.get("name") === "message");
  expect(boxes).toHaveLength(20);
  expect(boxes.every(({ attributes }) => attributes.get("type") === "checkbox")).toBe(true);
  expect(boxes[0]?.attributes.get("aria-label")).toMatch(/^Select .+ → .+@/);
  const ticked = valuesOf(queue, "message").slice(0, 2);
  const query = new URLSearchParams({ filter: "", of: "messages", action: "hold" });
  for (const one of ticked) query.append("message", one);
  const asked = await visitor.open(`/queue/act?${query}`);
  expect(asked.text).toContain("Chosen by hand2");
  for (const one of ticked) expect(asked.html).toContain(`/queue/messages/${one}`);
  expect(await held()).toBe(0);
  const sent = await visitor.send("/queue/act", formOf(asked, ["action", "filter", "message"]));
  expect(sent.status).toBe(303);
  expect(await held()).toBe(2);
});

test("groups that are ticked are joined in one filter, and no others are caught", async () => {
  const queue = await visitor.open("/queue?by=auth&filter=auth:c");
  expect(valuesOf(queue, "group")).toHaveLength(6);
  const query = new URLSearchParams({ filter: "auth:c", by: "auth", action: "remove" });
  for (const name of ["carol", "colleague0"]) query.append("group", `auth:=${name}@example.com`);
  const asked = await visitor.open(`/queue/act?${query}`);
  expect(valuesOf(asked, "filter")).toEqual(["auth:=carol@example.com auth:=colleague0@example.com"]);
  expect(asked.text).toContain("Caught by the filter16 ");
  expect(asked.text).toContain("Left as it is4 ");
  const sent = await visitor.send("/queue/act", formOf(asked, ["action", "filter"]));
  expect((await visitor.open(sent.headers.get("location") ?? "")).text).toContain(
    "Messages it was done to16",
  );
  expect((await visitor.open("/queue?by=age")).html).not.toContain('name="group"');
});

test.each(["of=messages", "by=auth"])("nothing ticked (%s) does nothing, and says so", async (of) => {
  const asked = await visitor.open(`/queue/act?action=remove&filter=&${of}`);
  expect(asked.status).toBe(422);
  expect(asked.text).toContain("Nothing is ticked.");
  expect(asked.html).not.toContain('method="post" action="/queue/act"');
  const sent = await visitor.send("/queue/act", new URLSearchParams(`action=remove&filter=auth:c&${of}`));
  expect(sent.status).toBe(422);
  expect((await visitor.open("/queue/jobs")).text).toContain("Nothing was done to the queue yet");
});

test("a filter that is not understood comes back with its word, and no box", async () => {
  const asked = await visitor.open("/queue?filter=sender:x");
  expect(asked.status).toBe(422);
  expect(asked.text).toContain("This word is not understood.");
  expect((await visitor.open("/queue/act?action=hold&by=auth&group=sender:x&filter=")).status).toBe(422);
});

test("the overview leads to every list of messages and every log by one click", async () => {
  const { tags } = await visitor.open("/");
  const links = tags
    .map(({ attributes }) => attributes.get("href") ?? "")
    .filter((href) => /^\/(?:queue\?filter=status|queue\/jobs|logs\?kind=|log-files)/.test(href));
  expect(links).toHaveLength(4 + 1 + 8 + 1);
  const frozen = links.find((href) => href.includes("frozen")) ?? "";
  for (const link of links) expect((await visitor.open(link)).status, link).toBe(200);
  expect((await visitor.open(frozen)).html).toContain('value="status:frozen"');
});
