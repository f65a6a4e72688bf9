import { allOf, type Part, type Parted, type PartField, pieces } from "./parts.ts";

export const HOST = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])$/;
const ADDRESS = /^[0-9A-Fa-f.:]{2,45}$/;
const PORT = /^(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/;

const OPTIONS: readonly PartField[] = [
  { name: "needTls", required: false, pattern: /^[012]$/, values: ["0", "1", "2"] },
  { name: "outBind", required: false, pattern: ADDRESS },
];
const SPELT: Readonly<Record<string, string>> = { needTls: "NeedTLS", outBind: "OutBind" };

/** `SmtpGwConfig`: `NeedTLS=0|1|2,OutBind=address`. */
export const gatewayOptions: Parted = {
  fields: OPTIONS,
  single: true,
  parse(text) {
    const options = optionsOf(pieces(text, ","));
    return options && [options];
  },
  print: ([options = {}]) => printed(options).join(","),
};

/** `DefaultSMTPGateways`: `host[:port][,options];…`; XMail tries them in this order. */
export const gateways: Parted = {
  fields: [
    { name: "host", required: true, pattern: HOST },
    { name: "port", required: false, pattern: PORT },
    ...OPTIONS,
  ],
  single: false,
  parse: (text) => allOf(pieces(text, ";").map(gatewayOf)),
  print: (parts) =>
    parts
      .map((part) => {
        const { host = "", port = "" } = part;
        return [port === "" ? host : `${host}:${port}`, ...printed(part)].join(",");
      })
      .join(";"),
};

function gatewayOf(text: string): Part | null {
  const [server = "", ...rest] = pieces(text, ",");
  const found = /^(\[[^\]]*\]|[^:[\]]*)(?::([0-9]+))?$/.exec(server);
  const options = optionsOf(rest);
  if (!found || !options) return null;
  const [, host = "", port = ""] = found;
  if (!HOST.test(host) || (port !== "" && !PORT.test(port))) return null;
  return { host, port, ...options };
}

function optionsOf(texts: readonly string[]): Part | null {
  const options: Record<string, string> = { needTls: "", outBind: "" };
  for (const text of texts) {
    const [name = "", value = "", ...more] = text.split("=").map((piece) => piece.trim());
    const field = OPTIONS.find((one) => SPELT[one.name] === name);
    // Of a name that comes twice nobody here knows which one XMail takes.
    if (!field || more.length > 0 || !field.pattern.test(value) || options[field.name] !== "") return null;
    options[field.name] = value;
  }
  return options;
}

function printed(part: Part): string[] {
  return OPTIONS.flatMap(({ name }) => {
    const value = part[name] ?? "";
    return value === "" ? [] : [`${SPELT[name]}=${value}`];
  });
}
