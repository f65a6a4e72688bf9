import { incidentSet } from "../../operations/incident/change.ts";
import { type IncidentReport, incidentGet } from "../../operations/incident/look.ts";
import { spoolExplain, spoolShape } from "../../operations/spool/look.ts";
import { type Html, html } from "../html.ts";
import { type Ask, definePage, type Frame } from "../page.ts";
import { labelsOf, operationField } from "../parts/field.ts";
import { flashOf, notice, refusalSummary } from "../parts/flash.ts";
import { token } from "../parts/form.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import {
  actForm,
  RESCUE_SIDES,
  type RescueData,
  rescuePath,
  stepSection,
  waitingOf,
} from "../parts/rescue-steps.ts";
import { eventsTable, type RescueStep } from "../parts/rescue-words.ts";
import { fill, fillText, shown } from "../parts/shown.ts";
import { accountPath } from "../paths.ts";
import { act } from "../rescue-acts.ts";
import { count } from "../text/format.ts";

const PATIENCE_SECONDS = 3;
const SAMPLES = 8;

/** One stolen account: the steps in their order, the next one large, an undo beside each that is done. */
export const rescueIncidentPage = definePage<RescueData>({
  path: "/rescue/:incident",
  async load(ask) {
    const { run, params, visit } = ask;
    const report = await run(incidentGet, { incident: params["incident"] ?? "" });
    const step = stepIn(ask, report);
    const from = visit.form.has("by") ? visit.form : visit.query;
    const by = RESCUE_SIDES.find((one) => one === from.get("by")) ?? "subject";
    const seconds = PATIENCE_SECONDS;
    const filter = step === "remove" ? report.held : report.mail;
    const shape = report.closed === null ? await run(spoolShape, { filter, by, most: 30, seconds }) : null;
    const { held, heldSpam } = report;
    const found =
      step === "remove" && heldSpam !== ""
        ? await run(spoolExplain, {
            ...{ action: "remove", filter: heldSpam, among: held, samples: SAMPLES, seconds },
          })
        : step === "release"
          ? await run(spoolExplain, {
              ...{ action: "release", filter: held, among: held, samples: SAMPLES, seconds },
            })
          : null;
    const undo = report.steps.find((one) => one.step === visit.query.get("undo") && one.done)?.step ?? null;
    return { report, step, undo, by, shape, found };
  },
  view(data, frame) {
    const { t } = frame;
    const { report } = data;
    const address = `${report.name}@${report.domain}`;
    return {
      title: `${t.rescue.title}: ${address}`,
      ...(report.closed === null && report.next !== null
        ? { state: { tone: "bad", words: t.rescue.stepNames[report.next] } }
        : {}),
      body: html`${pageHead(frame, {
        title: shown(address),
        lead: t.rescue.incidentLead,
        crumbs: [{ href: frame.link("/rescue"), words: t.rescue.title }],
        actions: [
          html`<a class="btn" href="${frame.link(`${rescuePath(report.incident)}/report`)}">${t.rescue.report}</a>`,
        ],
      })}
${flashOf(frame)}
${refusalSummary(frame, { ...labelsOf(t, incidentSet), password: t.fields.password.label, passwordAgain: t.password.again })}
<div class="split lead">
<section class="steps-box" aria-labelledby="steps"><h2 class="vh" id="steps">${t.rescue.steps}</h2>${steps(frame, data)}</section>
<div class="flow">
${unfinished(frame, data) ?? (data.undo === null ? stepSection(frame, data) : undoQuestion(frame, data, data.undo))}
${moreWaiting(frame, data)}
<section class="sub" aria-labelledby="done"><h2 id="done">${t.rescue.events}</h2>${eventsTable(frame, report.events)}</section>
${report.closed === null && reminders(frame, data)}
</div></div>`,
    };
  },
  async submit(ask) {
    const done = await act(ask);
    const { incident = "" } = ask.params;
    const by = ask.visit.form.get("by");
    return done === "spam"
      ? { to: rescuePath(incident), query: { step: "remove", by } }
      : { to: rescuePath(incident) };
  },
});

function stepIn({ visit }: Ask, report: IncidentReport): RescueData["step"] {
  if (report.closed !== null) return "finish";
  const asked = visit.form.has("act") ? actStep(visit.form) : visit.query.get("step");
  const known = report.steps.find(({ step }) => step === asked)?.step;
  return known ?? (asked === "finish" ? "finish" : (report.next ?? "finish"));
}

/** The form that is refused comes back where it stood. */
function actStep(form: URLSearchParams): string | null {
  const name = form.get("act");
  return name === "spam" ? "remove" : name;
}

function steps(frame: Frame, { report, step: current, undo }: RescueData): Html {
  const { t, may } = frame;
  const all: readonly RescueData["step"][] = [...report.steps.map(({ step }) => step), "finish"];
  const closed = report.closed !== null;
  const mayUndo: Readonly<Record<RescueStep, string>> = {
    ...{ suspend: "account.resume", hold: "spool.release", remove: "spoolJob.undo" },
    ...{ release: "spool.hold", password: "change.undo" },
  };
  return html`<ol class="steps">${all.map((name) => {
    const state = report.steps.find(({ step }) => step === name);
    const done = name === "finish" ? closed : state?.done === true;
    const here = name === (undo ?? current);
    const latest = state?.by.at(-1);
    const number = state?.by.reduce((sum, { messages }) => sum + messages, 0) ?? 0;
    const path = rescuePath(report.incident);
    // What another suspended before the rescue began is his to take back.
    const undoable =
      name !== "finish" && done && !closed && (name !== "suspend" || report.suspended === true);
    const link = frame.link(path, { step: name });
    return html`<li${done && html` class="done"`}${here && html` aria-current="step"`}><span>${closed ? t.rescue.stepNames[name] : html`<a href="${link}">${t.rescue.stepNames[name]}</a>`}</span><small>${
      latest
        ? html`${number > 0 && html`${count(number)} · `}${fill(t.rescue.doneBy, { time: moment(frame, latest.at), name: latest.by })}${!latest.finished && html` · ${t.rescue.working}`}`
        : !done && t.rescue.notYet
    }${
      undoable &&
      may.reach(mayUndo[name]) &&
      html`<br><a href="${frame.link(path, { undo: name })}">${t.rescue.undo}<span class="vh">: ${t.rescue.stepNames[name]}</span></a>`
    }</small></li>`;
  })}</ol>`;
}

function undoQuestion(frame: Frame, data: RescueData, step: RescueStep): Html {
  const { rescue } = frame.t;
  const { incident } = data.report;
  return html`<section class="flow" aria-labelledby="now"><h2 id="now">${rescue.undoTitle[step]}</h2><p>${rescue.undoText[step]}</p>
${actForm(frame, data, `undo-${step}`, rescue.undoButton[step], { wayOut: frame.link(rescuePath(incident)) })}</section>`;
}

/** A job that a closed page or a killed program left goes on from here. */
function unfinished(frame: Frame, { report }: RescueData): Html | null {
  const { t, may } = frame;
  const open = report.events.find(({ job, finished }) => job !== "" && !finished);
  if (!open || report.closed !== null) return null;
  const words = fillText(t.rescue.goOnWith, {
    looked: fillText(t.rescue.eventWords[open.what], { count: count(open.messages) }),
  });
  return html`<div class="job flow" role="status"><p>${words}</p>
${may.reach("spoolJob.work") && html`<form method="post" action="${frame.link(rescuePath(report.incident))}" data-carry-on><input type="hidden" name="act" value="work"><input type="hidden" name="job" value="${open.job}">${token(frame)}<button class="btn primary">${t.rescue.continue}</button></form>`}</div>`;
}

/** Mail that came after the account's mail was held. */
function moreWaiting(frame: Frame, data: RescueData): Html | null {
  const { t, may } = frame;
  const { report, shape, step } = data;
  const held = report.steps.find((one) => one.step === "hold");
  const released = report.steps.find((one) => one.step === "release");
  if (!shape || !held?.done || released?.done || step === "remove" || step === "hold") return null;
  const waiting = waitingOf(shape);
  if (waiting === 0 || !may.reach("spool.hold")) return null;
  return html`${notice("warn", html`<p>${fill(t.rescue.more, { count: count(waiting) })}</p>`)}${actForm(frame, data, "hold", fillText(t.rescue.holdButton, { count: count(waiting) }), { looks: "btn" })}`;
}

function reminders(frame: Frame, data: RescueData): Html {
  const { t, may, link } = frame;
  const { report } = data;
  const address = `${report.name}@${report.domain}`;
  const line = (words: string, href: string, more: string) => html`${words} <a href="${href}">${more}</a>`;
  return html`<section class="sub" aria-labelledby="remember"><h2 id="remember">${t.rescue.remember}</h2>
${facts(
  [
    [
      t.rescue.forwarding,
      line(t.rescue.forwardingText, link(accountPath(report, "/forwarding")), t.rescue.forwardingLink),
    ],
    [
      t.rescue.changes,
      line(t.rescue.changesText, link("/changes", { object: address }), t.rescue.changesLink),
    ],
    [t.rescue.logs, line(t.rescue.logsText, link("/logs", { account: address }), t.rescue.logsLink)],
  ],
  true,
)}
${may.reach("incident.set") && actForm(frame, data, "note", t.rescue.noteButton, { looks: "btn", inside: operationField(frame, incidentSet, "note", { value: report.note, stack: true, help: t.rescue.noteHelp }) })}</section>`;
}
