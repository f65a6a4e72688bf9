import type { CommandWord } from "../../../src/ctrl/commands.ts";
import { because, by, type Cover } from "./cover.ts";

const STEPS: Cover = { ...by("mailStep.*", "domainMailStep.*", "forwarding.*"), because: "otherCommand" };
const CUSTOM: Cover = { ...by("customDomain.*", "customDomainStep.*"), because: "otherCommand" };

/** All commands of the control protocol. */
export const COMMANDS: Readonly<Record<CommandWord, Cover>> = {
  useradd: by("account.add"),
  userdel: by("account.remove"),
  userpasswd: by("account.setPassword"),
  userlist: by("account.list"),
  userauth: because("delegation"),
  userstat: by("account.get"),
  uservars: by("account.get"),
  uservarsset: by("account.setVariables", "account.suspend", "account.resume"),
  usergetmproc: STEPS,
  usersetmproc: STEPS,
  aliasadd: by("alias.add"),
  aliasdel: by("alias.remove"),
  aliaslist: by("alias.list", "alias.explain"),
  exaliasadd: by("externalAlias.add"),
  exaliasdel: by("externalAlias.remove"),
  exaliaslist: by("externalAlias.list"),
  mluseradd: by("member.add", "member.addMany", "member.change"),
  mluserdel: by("member.remove", "member.change"),
  mluserlist: by("member.list"),
  domainadd: by("domain.add"),
  domaindel: by("domain.remove"),
  domainlist: by("domain.list", "domain.get"),
  aliasdomainadd: by("domainAlias.add"),
  aliasdomaindel: by("domainAlias.remove"),
  aliasdomainlist: by("domainAlias.list"),
  custdomget: CUSTOM,
  custdomset: CUSTOM,
  custdomlist: CUSTOM,
  poplnkadd: by("popLink.add", "popLink.change"),
  poplnkdel: by("popLink.remove", "popLink.change"),
  poplnklist: by("popLink.list"),
  poplnkenable: by("popLink.turn"),
  filelist: by("file.list", "customDomain.list", "commandAlias.list", "filterFile.list"),
  cfgfileget: by("file.get", "serverSetting.list"),
  cfgfileset: by("file.set", "serverSetting.set"),
  frozlist: by("spool.list", "spool.shape"),
  frozsubmit: by("spool.release", "spoolJob.undo"),
  frozdel: by("spool.remove"),
  frozgetlog: by("spool.get"),
  frozgetmsg: by("spool.raw", "removedMessage.raw"),
  etrn: by("service.flushQueue"),
  noop: { ...by("server.status"), because: "conversation" },
  quit: because("conversation"),
};

/** Every command is sent, and its recorded answers are understood byte for byte. */
export const EVERY_COMMAND = "test/unit/ctrl/replay.test.ts#COMMANDS";
