import type { AnyAuthMethod, ParsedKey } from "ssh2";
import { fail } from "../../errors/error.ts";
import type { SftpOptions } from "./options.ts";

type Ssh2 = typeof import("ssh2");

/** `BAD_CONFIG` when the private key cannot be read, so that nobody is asked in vain. */
export function checkKey({ utils }: Ssh2, { privateKey, passphrase }: SftpOptions): void {
  if (!privateKey) return;
  const parsed: ParsedKey | ParsedKey[] | Error = utils.parseKey(privateKey.reveal(), passphrase?.reveal());
  // Its words may hold parts of what was to be read.
  if (parsed instanceof Error) {
    const why = /passphrase|decrypt|integrity/i.test(parsed.message)
      ? "it needs a passphrase, or the one given is wrong"
      : "it is neither in OpenSSH's form nor PEM";
    fail("BAD_CONFIG", `The private key for SFTP cannot be read: ${why}.`);
  }
  if (![parsed].flat()[0]?.isPrivateKey()) {
    fail("BAD_CONFIG", "The private key for SFTP is a public one.");
  }
}

/** Is told what the server takes (`null` before it was asked), and hands on what to try; `false` when nothing is left. */
export type AskNext = (
  serverTakes: readonly string[] | null,
  partly: boolean,
  next: (method: AnyAuthMethod) => void,
) => undefined | false;

/** Offers what there is, each once and only what the server takes; the first question only learns what that is. */
export function signIn(options: SftpOptions): AskNext {
  const left: AnyAuthMethod[] = [{ type: "none", username: options.user }, ...methodsOf(options)];
  return (serverTakes, _, next) => {
    const at = left.findIndex(({ type }) => {
      const name = type === "agent" ? "publickey" : type;
      return type === "none" || serverTakes === null || serverTakes.includes(name);
    });
    const [method] = at === -1 ? [] : left.splice(at, 1);
    if (!method) return false;
    next(method);
    return undefined;
  };
}

function methodsOf({
  user: username,
  agent,
  privateKey,
  passphrase,
  password,
}: SftpOptions): AnyAuthMethod[] {
  const methods: AnyAuthMethod[] = [];
  if (privateKey) {
    const secret = passphrase ? { passphrase: passphrase.reveal() } : {};
    methods.push({ type: "publickey", username, key: privateKey.reveal(), ...secret });
  }
  if (agent !== undefined) methods.push({ type: "agent", username, agent });
  if (password) {
    let asked = false;
    methods.push(
      { type: "password", username, password: password.reveal() },
      {
        type: "keyboard-interactive",
        username,
        // One hidden question is the password's, once; whatever else a server wants to know, nobody is here to tell.
        prompt(_name, _instructions, _lang, prompts, finish) {
          const isPassword = !asked && prompts.length === 1 && prompts[0]?.echo !== true;
          asked = true;
          finish(isPassword ? [password.reveal()] : prompts.map(() => ""));
        },
      },
    );
  }
  return methods;
}
