/** What every call to XMail takes beside its arguments. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Of what is done to many things at once. */
export interface ManyOptions extends CallOptions {
  progress?(done: number, total?: number): void;
}
