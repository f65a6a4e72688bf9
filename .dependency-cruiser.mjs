/**
 * Which room may import from which. `"kernel"` is a whole room, `"storage/storage.ts"` one file of it. Files directly in
 * `src/` (index, library, open, panel, …) and the entry of `testing` put the rooms together and may import them all;
 * no room imports them.
 */
const ROOMS = {
  errors: [],
  xmail: ["errors"],
  kernel: ["xmail", "errors"],
  // What a change is: differences of lines, told, masked, turned round.
  changes: ["xmail", "errors"],
  operations: [
    "kernel",
    "xmail",
    "errors",
    "settings",
    "tab/cell.ts",
    "tab/files.ts",
    "tab/lines.ts",
    "tab/table-file.ts",
  ],
  // What stands in the tables that are nothing but settings: the format, and never a file.
  settings: [
    "xmail",
    "errors",
    "tab/codec.ts",
    "tab/cell.ts",
    "tab/columns.ts",
    "tab/files.ts",
    "tab/lines.ts",
    "tab/table-file.ts",
    "crypto/password-code.ts",
  ],
  crypto: ["errors"],
  // XMail as a program of its machine: the command that restarts it, the line it is started with.
  service: ["xmail", "errors"],
  check: ["xmail", "errors", "storage/storage.ts", "storage/path.ts", "state/secret-files.ts"],
  // Of the tables only how a line is cut: a server that tells a table by its own lines is read with it.
  ctrl: ["xmail", "errors", "crypto", "check", "changes", "tab/lines.ts"],
  storage: ["errors"],
  tab: [
    "changes",
    "xmail",
    "errors",
    "crypto",
    "check",
    "kernel/schema.ts",
    "storage/storage.ts",
    "storage/path.ts",
    "storage/lock.ts",
    "storage/if-there.ts",
    "storage/overlay.ts",
  ],
  // Lines of XMail's logs: read, counted, never changed.
  log: ["xmail", "errors", "storage/storage.ts", "storage/path.ts"],
  // Mailboxes: how much is in them, and single messages, read and never changed.
  mailbox: [
    "xmail",
    "errors",
    "storage/storage.ts",
    "storage/path.ts",
    "storage/lock.ts",
    "storage/if-there.ts",
    "tab/account-index.ts",
    "tab/account-lines.ts",
    "tab/at-most.ts",
    "tab/usage-scan.ts",
    // Words in headers.
    "spool/subject.ts",
  ],
  // The queue: messages, their logs, and what is done to many of them.
  spool: [
    "xmail",
    "errors",
    "storage/storage.ts",
    "storage/path.ts",
    "storage/lock.ts",
    "storage/if-there.ts",
  ],
  http: ["kernel", "errors"],
  // Typed confirmations compare names as XMail does; findings of a check are worded here.
  // What kinds of steps and links there are is told by the pages, too.
  web: [
    "operations",
    "kernel",
    "errors",
    "http/types.ts",
    "sign-in/step-up.ts",
    "settings/mail-steps.ts",
    "xmail/names.ts",
    "xmail/check.ts",
    "xmail/log-kinds.ts",
    "xmail/logs.ts",
    "xmail/pop-links.ts",
  ],
  // Who somebody is: names, passwords, factors, sessions, keys.
  "sign-in": ["kernel", "errors", "http/types.ts", "xmail", "crypto", "settings", "tab/files.ts"],
  // What happens to one mail that XMail delivers.
  filter: [
    "post",
    "settings/vacation-text.ts",
    "xmail/names.ts",
    "xmail/post.ts",
    "errors",
    "storage/storage.ts",
    "storage/path.ts",
  ],
  // Mail of ours, given to XMail.
  post: ["settings/encoded-words.ts", "xmail", "errors", "storage/storage.ts", "storage/path.ts"],
  // How news reach somebody elsewhere.
  watch: ["kernel", "errors"],
  client: ["operations", "kernel", "errors"],
  plugins: ["web", "kernel", "errors", "storage/storage.ts"],
  // Of addresses only how they are read: tries to sign in are counted by network.
  state: [
    "kernel",
    "storage",
    "crypto",
    "errors",
    "http/types.ts",
    "settings/ip/address.ts",
    "xmail/names.ts",
    "xmail/change-set.ts",
  ],
  config: ["kernel/schema.ts", "errors", "xmail/full-path.ts"],
  simulator: ["tab", "storage", "crypto", "xmail", "errors"],
  // What a change would do to a running server, tried on a simulator over its own files.
  rehearsal: ["changes", "ctrl", "simulator", "storage", "tab", "crypto", "xmail", "errors"],
  testing: [
    "simulator",
    "storage/storage.ts",
    "storage/path.ts",
    "xmail",
    "errors",
    "kernel",
    "operations",
    "plugins",
    "web",
  ],
};

/** Each outside thing has one owner: pattern of what is imported -> who may. */
const OWNERS = {
  typebox: [/node_modules\/(@sinclair\/)?typebox\//, ["src/kernel/schema.ts"]],
  "node-forge": [/node_modules\/(@types\/)?node-forge\//, ["src/crypto/"]],
  undici: [/node_modules\/undici\//, ["src/client/", "src/watch/webhook.ts"]],
  hono: [/node_modules\/hono\//, ["src/web/"]],
  "postal-mime": [/node_modules\/postal-mime\//, ["src/filter/header.ts", "src/mailbox/message.ts"]],
  "sanitize-html": [/node_modules\/(@types\/)?sanitize-html\//, ["src/mailbox/safe-html.ts"]],
  redis: [/node_modules\/@redis\//, ["src/state/tries/redis-line.ts"]],
  ssh2: [/node_modules\/(@types\/)?ssh2\//, ["src/storage/sftp/"]],
  "node-fs": [
    /^(node:)?fs(\/promises)?$/,
    ["src/storage/local", "src/web/assets.ts", "src/demo.ts", "adapters/"],
  ],
  "node-net": [
    /^(node:)?(net|tls)$/,
    ["src/ctrl/", "src/simulator/", "src/storage/smb/", "src/storage/sftp/", "adapters/"],
  ],
  qrcode: [/node_modules\/(@types\/)?qrcode\//, ["src/web/qr-code.ts"]],
  simplewebauthn: [/node_modules\/@simplewebauthn\//, ["src/sign-in/passkey.ts"]],
  otpauth: [/node_modules\/otpauth\//, ["src/crypto/totp.ts"]],
  "child-process": [/^(node:)?child_process$/, ["src/service/run-command.ts", "adapters/cgi/stay-leave.ts"]],
};

const DRIVER = "(local|memory|ctrl|sftp|smb)";
const escaped = (path) => path.replaceAll(".", "\\.");
const inSrc = (path) => `^src/${escaped(path)}${path.endsWith(".ts") ? "$" : "/"}`;

const rooms = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `room-${room}`,
  severity: "error",
  from: { path: `^src/${room}/`, pathNot: "^src/testing/index\\.ts$" },
  to: { path: "^(src|adapters)/", pathNot: [room, ...allowed].map(inSrc) },
}));

const owners = Object.entries(OWNERS).map(([name, [pattern, allowed]]) => ({
  name: `owner-${name}`,
  severity: "error",
  from: { path: "^(src|adapters)/", pathNot: allowed.map((path) => `^${escaped(path)}`) },
  to: { path: pattern.source },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...rooms,
    ...owners,
    {
      name: "known-room",
      comment: "A new room needs a line in ROOMS.",
      severity: "error",
      from: { path: "^src/[^/]+/", pathNot: Object.keys(ROOMS).map(inSrc) },
      to: {},
    },
    {
      name: "driver-alone",
      comment: "A storage driver never imports another.",
      severity: "error",
      from: { path: `^src/storage/${DRIVER}[./-]` },
      to: { path: `^src/storage/${DRIVER}[./-]`, pathNot: "^src/storage/$1[./-]" },
    },
    {
      name: "driver-late",
      comment: "Who does not use a driver of another machine does not read it: only `import()` leads there.",
      severity: "error",
      from: { path: "^(src|adapters)/", pathNot: "^src/storage/" },
      to: {
        path: "^src/storage/(smb/|sftp/|ctrl-files)",
        pathNot: "/options\\.ts$",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "second-factor-late",
      comment: "Codes and passkeys are for their few pages: only `import()` leads to what makes them.",
      severity: "error",
      from: { path: "^(src|adapters)/" },
      to: {
        path: "^src/(crypto/totp|sign-in/passkey|web/qr-code)\\.ts$",
        dynamic: false,
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "page-alone",
      comment: "What two pages share is a part.",
      severity: "error",
      from: { path: "^src/web/pages/" },
      to: { path: "^src/web/pages/" },
    },
    {
      name: "adapter-front-door",
      comment:
        "If ours cannot be written through the public entries, nobody's can. `node` is what Node hosts share.",
      severity: "error",
      from: { path: "^adapters/([^/]+)/" },
      to: {
        path: "^(src|adapters)/",
        pathNot: ["^src/index\\.ts$", "^src/testing/index\\.ts$", "^adapters/(node|$1)/"],
      },
    },
    {
      name: "no-test-code",
      severity: "error",
      from: { path: "^(src|adapters)/" },
      to: { path: "^(test|docs|\\.ci)/" },
    },
    {
      name: "declared",
      comment: "Published code imports only what `dependencies` or `peerDependencies` name.",
      severity: "error",
      from: { path: "^(src|adapters)/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "unknown", "undetermined"],
        dependencyTypesNot: ["npm-peer", "npm"],
      },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    { name: "no-cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphan",
      severity: "error",
      from: { orphan: true, pathNot: "^src/(web/assets/|kernel/lean-)" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
