import { type Static, Type } from "../kernel/schema.ts";

export const closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

/** Where a secret stands: never in the configuration itself. Exactly one of the two. */
export const SecretSource = closed(
  {
    file: Type.Optional(
      Type.String({ minLength: 1, description: "File whose first line is the secret; of a key, all of it" }),
    ),
    env: Type.Optional(Type.String({ minLength: 1, description: "Environment variable that holds it" })),
  },
  "file or env",
);
export type SecretSource = Static<typeof SecretSource>;

export const Port = Type.Integer({ minimum: 1, maximum: 65535 });
