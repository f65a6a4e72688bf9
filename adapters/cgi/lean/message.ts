import { Stream } from "./body.ts";
import type { Headers } from "./headers.ts";

/** What `Request` and `Response` have in common. */
export class Message {
  readonly headers: Headers;
  #body: Stream | null;

  constructor(headers: Headers, body: Stream | null) {
    this.headers = headers;
    this.#body = body;
  }

  get body(): Stream | null {
    return this.#body;
  }

  get bodyUsed(): boolean {
    return this.#body?.used ?? false;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const bytes = await this.bytes();
    return new Uint8Array(bytes).buffer;
  }

  async bytes(): Promise<Uint8Array> {
    this.#requireUnused();
    const pieces: Uint8Array[] = [];
    if (this.#body) for await (const piece of this.#body) pieces.push(piece);
    return new Uint8Array(Buffer.concat(pieces));
  }

  async text(): Promise<string> {
    // Drops a byte order mark, as the real one does.
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()], { type: this.headers.get("content-type") ?? "" });
  }

  /** Multipart is a world of its own: the real class reads it. */
  async formData(): Promise<FormData> {
    const type = this.headers.get("content-type") ?? "";
    return new globalThis.Response(await this.arrayBuffer(), {
      headers: { "content-type": type },
    }).formData();
  }

  /** Two streams of the same body, for `clone`. */
  protected split(): Stream | null {
    this.#requireUnused();
    if (!this.#body) return null;
    const [mine, other] = this.#body.tee() as [ReadableStream<Uint8Array>, ReadableStream<Uint8Array>];
    this.#body = new Stream(() => mine.getReader());
    return new Stream(() => other.getReader());
  }

  #requireUnused(): void {
    if (this.bodyUsed || this.#body?.locked) throw new TypeError("The body was read already.");
  }
}
