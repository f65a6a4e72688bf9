import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { gatewayOptionsOf, gatewayOptionsText, gatewaysOf } from "../../settings/gateways.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import {
  FurtherOptions,
  GatewayList,
  gatewaysCell,
  NeedTls,
  OutBind,
  RandomOrder,
  refuseNewGateways,
} from "../gateway-fields.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { DestinationPattern } from "./destination-pattern.ts";

const fields = {
  pattern: DestinationPattern,
  random: RandomOrder,
  needTls: Type.Optional(NeedTls),
  outBind: Type.Optional(OutBind),
  more: Type.Optional(FurtherOptions),
  // Last, because a form shows a group of fields for each.
  gateways: GatewayList,
};

/** `smtpfwd.tab`: servers that take mail to these domains, instead of those the DNS names. */
export const forward = rowOperations({
  noun: "forward",
  one: "forwarding rule",
  many: "forwarding rules",
  http: "/forwarding-rules",
  format: FILES.forwards,
  key: {},
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.forwards.path,
  read([pattern, gateways, options = ""]) {
    if (gateways === undefined) return null;
    return fitting(fields, { pattern, ...gatewaysOf(gateways), ...gatewayOptionsOf(options) });
  },
  write({ pattern, gateways, random, ...options }, was) {
    const text = gatewayOptionsText(options);
    const further = was?.slice(3) ?? [];
    const cells = [pattern, gatewaysCell(random, gateways, was?.[1])];
    return text === "" && further.length === 0 && !was?.[2] ? cells : [...cells, text, ...further];
  },
  keyOf: ({ pattern }) => foldName(pattern),
  guard(_, { before, after }) {
    refuseNewGateways(
      before.map(({ gateways }) => gateways),
      after.map(({ gateways }) => gateways),
    );
    const lost = (rows: typeof after) => rows.filter(({ gateways }) => gateways.length === 0).length;
    if (lost(after) > lost(before)) {
      failField("gateways", "no-gateway", "Name a server: without one XMail drops the mail without a word.");
    }
  },
});
