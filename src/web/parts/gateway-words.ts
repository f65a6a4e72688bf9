import { type Html, html } from "../html.ts";
import type { Frame } from "../page.ts";
import { valueWords } from "./field-shape.ts";
import { shown } from "./shown.ts";

interface Gateway {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly needTls?: unknown;
  readonly outBind?: unknown;
  readonly more?: unknown;
}

/** Gateways in a cell of a list, one below the other. */
export function gatewayWords(frame: Frame, operation: string, gateways: unknown): Html {
  const all = (Array.isArray(gateways) ? gateways : []) as readonly Gateway[];
  return html`${all.map((gateway) => html`<div>${oneGateway(frame, operation, gateway)}</div>`)}`;
}

function oneGateway({ t }: Frame, operation: string, { host, port, needTls, outBind, more }: Gateway): Html {
  const notes = [
    needTls === undefined ? null : `TLS: ${valueWords(t, operation, "needTls", String(needTls))}`,
    outBind === undefined ? null : `OutBind=${String(outBind)}`,
    more === undefined ? null : String(more),
  ].filter((note) => note !== null);
  return html`<span class="mono">${shown(`${String(host)}${port === undefined ? "" : `:${String(port)}`}`)}</span>${
    notes.length > 0 && html` ${shown(notes.join(", "))}`
  }`;
}
