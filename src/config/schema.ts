import { type Static, Type } from "../kernel/schema.ts";
import { closed, Port, SecretSource } from "./fields.ts";
import { MailRoot, StatePlace } from "./storages.ts";

const Tls = closed(
  {
    mode: Type.Union([Type.Literal("upgrade"), Type.Literal("direct")], {
      description: "upgrade: #!TLS on the control port; direct: the CTRLS port",
    }),
    ca: Type.Optional(Type.String({ minLength: 1, description: "PEM file of the authority" })),
    fingerprint: Type.Optional(Type.String({ description: "SHA-256 of the server's certificate" })),
    servername: Type.Optional(Type.String({ minLength: 1 })),
  },
  "Secure control connection; the certificate is always verified",
);

const Ctrl = closed(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Optional(Port),
    account: Type.String({ minLength: 1, description: "An account of ctrlaccounts.tab" }),
    password: SecretSource,
    login: Type.Optional(Type.Union([Type.Literal("digest"), Type.Literal("clear")])),
    tls: Type.Optional(Tls),
  },
  "XMail's control port",
);

const XMailPart = closed(
  {
    mailRoot: Type.Optional(MailRoot),
    ctrl: Type.Optional(Ctrl),
    offline: Type.Optional(
      Type.Boolean({ description: "Change the files of a stopped XMail; never while it runs" }),
    ),
    reads: Type.Optional(
      Type.Union([Type.Literal("files"), Type.Literal("ctrl")], {
        description: "Where lists are read when both are given; files if absent",
      }),
    ),
    restart: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description:
          'program and arguments that restart XMail, like ["systemctl", "restart", "xmail"]; no shell reads them',
      }),
    ),
    answerProgram: Type.Optional(
      Type.Array(Type.String({ minLength: 1, pattern: "^[^\\u0000-\\u001f\\u007f]+$" }), {
        minItems: 1,
        description:
          'program and arguments that XMail starts to answer mail, on its machine and with full paths, like ["/usr/bin/node", "/opt/xmailcfg/xmailcfg-filter.cjs"]',
      }),
    ),
    startOptions: Type.Optional(
      Type.String({ description: "XMail's start parameters, like -Md -Pl -Sl; shown and explained" }),
    ),
    startFile: Type.Optional(
      Type.String({
        minLength: 1,
        description: "file that has them, like /etc/default/xmail, when startOptions is absent",
      }),
    ),
  },
  "How to reach XMail",
);

/** Part of an address that people are told; it must not say what stands behind it. */
const Slug = Type.Union([
  Type.String({ pattern: "^(?!.*(?:xmail|admin))[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$" }),
  Type.Literal(false),
]);

const Doors = closed(
  {
    delegates: Type.Optional(Slug),
    owners: Type.Optional(Slug),
  },
  "last parts of the addresses /at/… of delegated administrators (office) and of mailbox owners (mailbox); false for none",
);

const SignInBy = closed(
  {
    variable: Type.Optional(Type.Union([Type.Literal("REMOTE_USER"), Type.Literal("AUTH_USER")])),
    header: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z][A-Za-z0-9-]{0,63}$",
        description: "only with trustProxy; the proxy must overwrite it",
      }),
    ),
    users: Type.Optional(
      Type.Array(
        closed(
          { name: Type.String({ minLength: 1 }), person: Type.String({ minLength: 1 }) },
          "a name of the web server, and whose it is here",
        ),
        { description: "who is not among them is a stranger; the same names if absent" },
      ),
    ),
    stripDomain: Type.Optional(Type.Boolean({ description: "OFFICE\\sato and sato@office are sato" })),
  },
  "Believe the sign-in of the web server in front, at the panel's own address",
);

const Panel = closed(
  {
    doors: Type.Optional(Doors),
    signInBy: Type.Optional(SignInBy),
    baseUrl: Type.Optional(
      Type.String({
        pattern: "^https?://[^\\s]+$",
        description: "the address people open, like https://mail.example.com",
      }),
    ),
    basePath: Type.Optional(Type.String({ pattern: "^(/[^/\\s]+)*$", description: "a prefix like /mail" })),
    trustProxy: Type.Optional(Type.Boolean({ description: "Believe X-Forwarded-* of the proxy in front" })),
    sessionSeconds: Type.Optional(Type.Integer({ minimum: 60, maximum: 43_200 })),
    serverName: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: "Which mail server this is, in the top bar" }),
    ),
    allowedHosts: Type.Optional(
      Type.Array(Type.String({ pattern: "^[^\\s/:]+$|^\\[[0-9a-f:.]+\\]$" }), {
        description: "host names without port that are answered, besides baseUrl's and loopback",
      }),
    ),
    stay: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3_600,
        description:
          "Seconds the CGI program leaves a process for later requests; 0. Not on Windows, and only with state in a folder of this machine",
      }),
    ),
    bodyLimit: Type.Optional(
      Type.Integer({ minimum: 1024, maximum: 67_108_864, description: "Bytes of a request body; 1 MiB" }),
    ),
    host: Type.Optional(Type.String({ minLength: 1, description: "Address serve listens on; 127.0.0.1" })),
    port: Type.Optional(Port),
  },
  "The web panel and the API",
);

const History = closed(
  {
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 36_500, description: "Days changes are kept for; 90" }),
    ),
    megabytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: "Size of all changes kept; 200" }),
    ),
  },
  "History of changes, and the bin of what they removed",
);

const AuditLog = closed(
  {
    days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 36_500, description: "Days records are kept for; 1095" }),
    ),
    megabytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: "Size of all records kept; 1024" }),
    ),
  },
  "Audit log",
);

const Redis = closed(
  {
    host: Type.String({ minLength: 1 }),
    port: Type.Optional(Port),
    user: Type.Optional(Type.String({ minLength: 1, description: "ACL user, if not the default one" })),
    password: Type.Optional(SecretSource),
    database: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535, description: "number; 0" })),
    tls: Type.Optional(
      closed(
        {
          ca: Type.Optional(Type.String({ minLength: 1, description: "PEM file of the authority" })),
          servername: Type.Optional(Type.String({ minLength: 1 })),
        },
        "Secure connection; the certificate is always verified",
      ),
    ),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000 })),
  },
  "A Redis server that all machines share",
);
export type RedisConfig = Static<typeof Redis>;

const Tries = closed({ redis: Redis }, "Where tries to sign in are counted, if not in the state");

const Address = Type.String({ pattern: '^[^\\s@<>"]{1,64}@[^\\s@<>"]{1,255}$' });

const WatchPart = closed(
  {
    mailTo: Type.Optional(Type.Array(Address, { minItems: 1, maxItems: 20 })),
    mailFrom: Type.Optional(Address),
    language: Type.Optional(Type.Union([Type.Literal("en"), Type.Literal("ja")])),
    webhook: Type.Optional(
      closed(
        {
          url: Type.String({ pattern: "^https?://[^\\s@]+$", description: "where news are posted as JSON" }),
          secret: Type.Optional(SecretSource),
        },
        "posts are signed with the secret, if there is one",
      ),
    ),
    queueMessages: Type.Optional(
      Type.Integer({ minimum: 1, description: "so many in the queue are told; 1000" }),
    ),
    queueHours: Type.Optional(
      Type.Integer({ minimum: 1, description: "mail that waits so long is told; 24" }),
    ),
    certificateDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 365, description: "an end so near is told; 21" }),
    ),
  },
  "Whom xmailcfg watch tells of what has changed",
);

/** `xmailcfg.config.json`. */
export const Config = closed(
  {
    xmail: XMailPart,
    /** Administrators, keys and the audit log. */
    state: Type.Optional(StatePlace),
    history: Type.Optional(History),
    audit: Type.Optional(AuditLog),
    tries: Type.Optional(Tries),
    panel: Type.Optional(Panel),
    watch: Type.Optional(WatchPart),
    plugins: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        description: "modules that export plugin: paths from this file's folder, or packages installed there",
      }),
    ),
  },
  "Configuration of xmailcfg",
);
export type Config = Static<typeof Config>;
