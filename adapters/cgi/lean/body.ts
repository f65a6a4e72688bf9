/** What `Request` and `Response` take as a body. */
export type BodySource =
  | string
  | ArrayBuffer
  | ArrayBufferView
  | URLSearchParams
  | Blob
  | FormData
  | ReadableStream<Uint8Array>
  | Stream
  | null
  | undefined;

/**
 * The body of a message. Text and bytes are read in one piece; a real stream is only made of them for whoever asks for
 * more than a reader.
 */
export class Stream {
  readonly #open: () => Reader;
  #reader: Reader | null = null;
  #used = false;

  constructor(open: () => Reader) {
    this.#open = open;
  }

  static of(bytes: Uint8Array): Stream {
    return new Stream(() => pieceReader(bytes));
  }

  get locked(): boolean {
    return this.#reader !== null;
  }

  /** Whether something was read or given up. */
  get used(): boolean {
    return this.#used;
  }

  getReader() {
    const reader = this.#take();
    return {
      read: () => {
        this.#used = true;
        return reader.read();
      },
      cancel: (reason?: unknown) => {
        this.#used = true;
        return reader.cancel(reason);
      },
      releaseLock: () => {
        this.#reader = null;
        reader.releaseLock?.();
      },
    };
  }

  async cancel(reason?: unknown): Promise<void> {
    if (this.locked) throw new TypeError("The body is locked.");
    this.#used = true;
    await this.#open().cancel(reason);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const reader = this.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || value === undefined) return;
      yield value;
    }
  }

  /** For `tee`, `pipeTo`, `pipeThrough` and strangers. */
  toReal(): ReadableStream<Uint8Array> {
    const reader = this.getReader();
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done || value === undefined) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    });
  }

  tee(): ReadableStream<Uint8Array>[] {
    return this.toReal().tee();
  }

  pipeTo(to: WritableStream<Uint8Array>, options?: StreamPipeOptions): Promise<void> {
    return this.toReal().pipeTo(to, options);
  }

  pipeThrough<T>(
    through: ReadableWritablePair<T, Uint8Array>,
    options?: StreamPipeOptions,
  ): ReadableStream<T> {
    return this.toReal().pipeThrough(through, options);
  }

  #take(): Reader {
    if (this.locked) throw new TypeError("The body is locked.");
    this.#reader = this.#open();
    return this.#reader;
  }
}

export interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock?(): void;
}

/** The stream of a body and the `Content-Type` it brings by itself. */
export function extractBody(source: BodySource): {
  readonly stream: Stream | null;
  readonly type: string | null;
} {
  if (source === null || source === undefined) return { stream: null, type: null };
  if (source instanceof Stream) return { stream: source, type: null };
  if (typeof source === "string") {
    return { stream: Stream.of(Buffer.from(source)), type: "text/plain;charset=UTF-8" };
  }
  if (source instanceof ArrayBuffer)
    return { stream: Stream.of(new Uint8Array(source.slice(0))), type: null };
  if (ArrayBuffer.isView(source)) return { stream: Stream.of(copyOf(source)), type: null };
  if (source instanceof URLSearchParams) {
    const type = "application/x-www-form-urlencoded;charset=UTF-8";
    return { stream: Stream.of(Buffer.from(source.toString())), type };
  }
  if (isStream(source)) return { stream: new Stream(() => source.getReader()), type: null };
  return ofPlatform(source);
}

/** Blobs and forms are rare: the real class says what they are on the wire. */
function ofPlatform(source: Blob | FormData | string): { stream: Stream | null; type: string | null } {
  const real = new globalThis.Response(typeof source === "object" ? source : String(source));
  const { body } = real;
  return { stream: body && new Stream(() => body.getReader()), type: real.headers.get("content-type") };
}

function isStream(source: object): source is ReadableStream<Uint8Array> {
  return "getReader" in source;
}

function copyOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function pieceReader(bytes: Uint8Array): Reader {
  let left: Uint8Array | null = bytes.byteLength === 0 ? null : bytes;
  return {
    async read() {
      if (left === null) return { done: true, value: undefined };
      const value = left;
      left = null;
      return { done: false, value };
    },
    async cancel() {
      left = null;
    },
  };
}
