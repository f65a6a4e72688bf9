import {
  type Gateway,
  gatewayOptionsIn,
  gatewayOptionsText,
  gatewaysOf,
  gatewaysText,
  NEED_TLS,
} from "../gateways.ts";
import { allOf, type Part, type Parted, type PartField } from "./parts.ts";

type Options = Omit<Gateway, "host" | "port">;

export const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])$/;
const ADDRESS = /^[0-9A-Fa-f.:]{2,45}$/;
const PORT = /^(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/;

const OPTIONS: readonly PartField[] = [
  { name: "needTls", required: false, pattern: /^[012]$/, values: ["0", "1", "2"] },
  { name: "outBind", required: false, pattern: ADDRESS },
];

/** `SmtpGwConfig`: `NeedTLS=0|1|2,OutBind=address`. */
export const gatewayOptions: Parted = {
  fields: OPTIONS,
  single: true,
  parse(text) {
    const options = partOfOptions(gatewayOptionsIn(text));
    return options && [options];
  },
  print: ([options = {}]) => gatewayOptionsText(optionsOfPart(options)),
};

/** `DefaultSMTPGateways`: `host[:port][,options];…`; XMail tries them in this order. */
export const gateways: Parted = {
  fields: [
    { name: "host", required: true, pattern: HOST },
    { name: "port", required: false, pattern: PORT },
    ...OPTIONS,
  ],
  single: false,
  parse(text) {
    const { random, gateways: list } = gatewaysOf(text);
    return random ? null : allOf(list.map(partOf));
  },
  print: (parts) => gatewaysText({ random: false, gateways: parts.map(gatewayOf) }),
};

function partOf({ host, port, ...written }: Gateway): Part | null {
  const { more, ...plain } = written;
  // The other options are in an order that is not ours, or not ones we know.
  const clear = more !== undefined && Object.keys(plain).length === 0 ? gatewayOptionsIn(more) : written;
  const options = partOfOptions(clear);
  return options && HOST.test(host) ? { host, port: String(port ?? ""), ...options } : null;
}

function gatewayOf(part: Part): Gateway {
  const { host = "", port = "" } = part;
  return { host, ...(port === "" ? {} : { port: Number(port) }), ...optionsOfPart(part) };
}

function partOfOptions({ needTls, outBind = "", more }: Options): Part | null {
  if (more !== undefined || (outBind !== "" && !ADDRESS.test(outBind))) return null;
  return { needTls: needTls === undefined ? "" : String(NEED_TLS.indexOf(needTls)), outBind };
}

function optionsOfPart({ needTls = "", outBind = "" }: Part): Options {
  const level = needTls === "" ? undefined : NEED_TLS[Number(needTls)];
  return { ...(level === undefined ? {} : { needTls: level }), ...(outBind === "" ? {} : { outBind }) };
}
