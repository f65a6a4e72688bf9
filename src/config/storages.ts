import { type Static, Type } from "../kernel/schema.ts";
import { closed, Port, SecretSource } from "./fields.ts";

const Milliseconds = Type.Optional(Type.Integer({ minimum: 100, maximum: 600_000 }));

const Smb = closed(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Optional(Port),
    share: Type.String({
      pattern: "^[^\\\\/]+$",
      description: "the name of the share alone, without slashes",
    }),
    root: Type.Optional(
      Type.String({
        pattern: "^[^\\\\/]+(/[^\\\\/]+)*$",
        description: "a folder of the share, its parts joined by /, none in front",
      }),
    ),
    user: Type.String({ minLength: 1 }),
    domain: Type.Optional(Type.String({ minLength: 1, description: "Windows domain or workgroup" })),
    password: SecretSource,
    minDialect: Type.Optional(
      Type.Union(
        [
          Type.Literal("2.0.2"),
          Type.Literal("2.1"),
          Type.Literal("3.0"),
          Type.Literal("3.0.2"),
          Type.Literal("3.1.1"),
        ],
        { description: "2.0.2, 2.1, 3.0, 3.0.2 or 3.1.1, in quotes" },
      ),
    ),
    requireSigning: Type.Optional(Type.Boolean()),
    requireEncryption: Type.Optional(Type.Boolean()),
    connectTimeoutMs: Milliseconds,
    timeoutMs: Milliseconds,
  },
  "A share of a Windows or Samba server",
);

const Sftp = closed(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Optional(Port),
    user: Type.String({ minLength: 1 }),
    root: Type.String({ pattern: "^/", description: "the absolute path of the folder on that machine" }),
    hostKey: Type.Optional(
      Type.Union(
        [Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })],
        {
          description: "a SHA256:… fingerprint, or lines of a known_hosts file",
        },
      ),
    ),
    knownHosts: Type.Optional(Type.String({ minLength: 1, description: "A known_hosts file" })),
    password: Type.Optional(SecretSource),
    privateKey: Type.Optional(SecretSource),
    passphrase: Type.Optional(SecretSource),
    agent: Type.Optional(Type.String({ minLength: 1, description: "Socket of an SSH agent, or pageant" })),
    connectTimeoutMs: Milliseconds,
    timeoutMs: Milliseconds,
  },
  "A folder of a Unix machine by SFTP",
);

const Remote = { smb: Type.Optional(Smb), sftp: Type.Optional(Sftp) };
const Folder = Type.String({
  minLength: 1,
  description: "Absolute path on this machine; on Windows also UNC",
});

/** Where XMail's files are. */
export const MailRoot = Type.Union(
  [
    Folder,
    closed(
      {
        ...Remote,
        ctrl: Type.Optional(Type.Literal(true, { description: "Files through the control port" })),
      },
      "smb, sftp or ctrl",
    ),
  ],
  { description: "a path, or an object with smb, sftp or ctrl" },
);
export type MailRoot = Static<typeof MailRoot>;

/** Where xmailcfg remembers things. */
export const StatePlace = Type.Union([Folder, closed(Remote, "smb or sftp")], {
  description: "a path, or an object with smb or sftp",
});
export type StatePlace = Static<typeof StatePlace>;

export type SmbConfig = Static<typeof Smb>;
export type SftpConfig = Static<typeof Sftp>;
