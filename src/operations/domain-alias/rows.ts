import { Type } from "../../kernel/schema.ts";
import { fields } from "../fields.ts";

export const DomainAliasRow = fields({
  alias: Type.String({ description: "The other domain, or a pattern of domains" }),
  domain: Type.String({ description: "The domain whose accounts get the mail" }),
});
