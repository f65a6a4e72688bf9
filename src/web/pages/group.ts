import { groupGet } from "../../operations/group/list.ts";
import { daysWords, type GroupDetails, groupPath, groupState, listLink } from "../groups/group-words.ts";
import { html } from "../html.ts";
import { definePage, type Frame } from "../page.ts";
import { dangerZone } from "../parts/danger-zone.ts";
import { flashOf } from "../parts/flash.ts";
import { facts } from "../parts/kv.ts";
import { moment } from "../parts/moment.ts";
import { pageHead } from "../parts/page-head.ts";
import { fillText, shown, visible } from "../parts/shown.ts";
import { count } from "../text/format.ts";

/** One group, and what can be done to all its members at once. */
export const groupPage = definePage<GroupDetails>({
  path: "/groups/:group",
  load: ({ run, params }) => run(groupGet, params),
  view(group, frame) {
    const { t } = frame;
    return {
      title: visible(group.name),
      body: html`${pageHead(frame, {
        title: shown(group.name),
        crumbs: [{ href: frame.link("/groups"), words: t.groups.title }],
        actions: actions(frame, group),
      })}
${flashOf(frame)}
<section class="panel" aria-labelledby="about"><h2 id="about">${t.groups.about}</h2>${factsOf(frame, group)}</section>
${steps(frame, group)}`,
    };
  },
});

function factsOf(frame: Frame, group: GroupDetails) {
  const { t } = frame;
  const text = (name: string, value: string) => value !== "" && ([name, shown(value)] as const);
  const { members, current } = group;
  const counted = fillText(t.groups.counted, { current: count(current), members: count(members) });
  return facts([
    [t.groups.state, groupState(t, group.state)],
    [t.groups.days, daysWords(t, group)],
    [
      t.groups.members,
      html`<a href="${frame.link(groupPath(group.id, "/members"))}">${members === current ? count(members) : counted}</a>`,
    ],
    [t.groups.list, group.list === "" ? t.groups.noList : listLink(frame, group.list)],
    text(t.groups.responsible, group.responsible),
    text(t.groups.email, group.responsibleEmail),
    text(t.groups.phone, group.responsiblePhone),
    text(t.groups.memo, group.memo),
    [t.groups.since, moment(frame, group.createdAt)],
  ]);
}

function actions({ t, may, link }: Frame, { id }: GroupDetails) {
  return [
    may.reach("groupMember.list") &&
      html`<a class="btn primary" href="${link(groupPath(id, "/members"))}">${t.groups.members}</a>`,
    may.reach("group.set") &&
      html`<a class="btn" href="${link(groupPath(id, "/edit"))}">${t.groups.edit}</a>`,
  ];
}

function steps({ t, may, link }: Frame, { id, list }: GroupDetails) {
  const step = (operation: string, rest: string, title: string, words: string, looks = "btn") =>
    may.reach(operation) && {
      title,
      words,
      action: html`<a class="${looks}" href="${link(groupPath(id, rest))}">${title}</a>`,
    };
  const { groups } = t;
  return dangerZone(groups.together, [
    list !== "" && step("group.fillList", "/fill-list", groups.fillTitle, groups.fillText),
    step("group.setVacation", "/vacation", groups.vacationTitle, groups.vacationText),
    step("group.suspend", "/suspend", groups.suspendTitle, groups.suspendText, "btn danger"),
    step("group.resume", "/resume", groups.resumeTitle, groups.resumeText),
    step("group.remove", "/remove", groups.removeTitle, groups.removeText, "btn danger"),
  ]);
}
