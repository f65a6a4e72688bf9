const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const BRAND = Symbol.for("xmailcfg.secret");

/**
 * A value that cannot be printed, logged or serialised by accident: every way of showing it gives `***`.
 * `reveal()` is the one way out; search for it to see each place where a secret leaves the process.
 */
export class Secret {
  readonly #value: string;
  readonly [BRAND] = true;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return "***";
  }

  toJSON(): string {
    return "***";
  }

  [INSPECT](): string {
    return "***";
  }
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
}

export function secret(value: string | Secret): Secret {
  return isSecret(value) ? value : new Secret(value);
}
