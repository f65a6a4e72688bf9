/** What every call to XMail takes beside its arguments. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}
