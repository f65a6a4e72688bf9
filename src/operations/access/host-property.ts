import { failField } from "../../errors/error.ts";
import { Type } from "../../kernel/schema.ts";
import { SERVER } from "../../kernel/target.ts";
import { FILES } from "../../tab/files.ts";
import { foldName } from "../../xmail/names.ts";
import { fitting } from "../rows/fitting.ts";
import { rowOperations } from "../rows/row-operations.ts";
import { propertiesIn, propertyCells, propertyFields } from "./properties.ts";

const HostName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: "^\\.?[A-Za-z0-9_\\-]+(?:\\.[A-Za-z0-9_\\-]+)*\\.?$",
  description: "The name that the address of the client leads back to, or its beginning",
  "x-rule": "client-host",
});

const fields = { host: HostName, ...propertyFields };

/**
 * `smtp.hnprop.tab`: what holds for SMTP clients by their name. XMail looks up the name of every client when the file is
 * there, and compares the beginning of the name only.
 */
export const hostProperty = rowOperations({
  noun: "hostProperty",
  one: "exception by name",
  many: "exceptions by name",
  http: "/smtp-exceptions/names",
  format: FILES.smtpHostProperties,
  key: {},
  fields,
  secrets: [],
  switchable: true,
  target: () => SERVER,
  place: () => FILES.smtpHostProperties.path,
  read: ([host, ...properties]) => fitting(fields, { host, ...propertiesIn(properties) }),
  write({ host, ...properties }, was) {
    // Meant for all hosts of a domain, but XMail 1.27 finds none by it.
    if (host.startsWith(".") && host !== was?.[0]) {
      failField("host", "client-host-dot", "A name that begins with a dot fits no client of XMail 1.27.");
    }
    return [host, ...propertyCells(properties, was?.slice(1) ?? [])];
  },
  keyOf: ({ host }) => foldName(host),
});
