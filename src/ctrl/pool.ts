import { AppError, fail } from "../errors/error.ts";
import type { CtrlConnection } from "./connection.ts";
import { collecting } from "./exchange.ts";
import { encodeCommand } from "./wire.ts";

/** A connection unused for longer is asked whether it lives before a change is sent on it. */
const DOUBT_MS = 1_000;

export interface PoolSettings {
  readonly connections: number;
  readonly idleMs: number;
  readonly openTimeoutMs: number;
}

export interface LeaseOptions {
  readonly effect: "read" | "write";
  /** Not one that lay about, which may have died unnoticed. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** Connections, each lent to one caller at a time, so that giving one up harms nobody else. */
export interface Pool {
  lease(options: LeaseOptions): Promise<CtrlConnection>;
  release(connection: CtrlConnection): void;
  /** Called when somebody waits for a connection and none is left: slow readers should let theirs go. */
  onShortage(listener: () => void): () => void;
  /** Waits for the connections that are lent, then says goodbye on all. */
  close(): Promise<void>;
}

interface Waiter {
  take(): void;
  refuse(error: AppError): void;
}

export function createPool(
  open: (signal?: AbortSignal) => Promise<CtrlConnection>,
  settings: PoolSettings,
): Pool {
  const idle: { connection: CtrlConnection; since: number; timer: NodeJS.Timeout }[] = [];
  const waiters: Waiter[] = [];
  const shortages = new Set<() => void>();
  const partings = new Set<Promise<void>>();
  let lent = 0;
  let closed = false;
  let allHome: () => void = () => undefined;

  function part(connection: CtrlConnection): void {
    const goodbye = connection.close().finally(() => partings.delete(goodbye));
    partings.add(goodbye);
  }

  function takeIdle(fresh: boolean): { connection: CtrlConnection; since: number } | undefined {
    for (;;) {
      const one = idle.pop();
      if (one === undefined) return undefined;
      clearTimeout(one.timer);
      if (one.connection.usable && !fresh) return one;
      part(one.connection);
    }
  }

  /** The place goes straight to whoever waits longest. */
  function leave(): void {
    const waiter = waiters.shift();
    if (waiter === undefined) {
      lent -= 1;
      if (lent === 0) allHome();
    } else {
      waiter.take();
    }
  }

  async function place(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted === true) fail("ABORTED", undefined, { cause: signal.reason });
    if (closed) fail("XMAIL_UNREACHABLE", "The connection to XMail was closed.");
    if (lent < settings.connections) {
      lent += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        waiters.splice(waiters.indexOf(waiter), 1);
        reject(new AppError("ABORTED", undefined, { cause: signal?.reason }));
      };
      const waiter: Waiter = {
        take() {
          signal?.removeEventListener("abort", stop);
          resolve();
        },
        refuse(error) {
          signal?.removeEventListener("abort", stop);
          reject(error);
        },
      };
      waiters.push(waiter);
      signal?.addEventListener("abort", stop, { once: true });
      for (const listener of shortages) listener();
    });
  }

  async function alive(connection: CtrlConnection): Promise<boolean> {
    const { exchange, answer } = collecting(encodeCommand("noop"), { timeoutMs: settings.openTimeoutMs });
    connection.submit([exchange]);
    return answer.then(
      ({ status }) => status.ok,
      () => false,
    );
  }

  return {
    async lease({ effect, fresh = false, signal }) {
      await place(signal);
      try {
        for (;;) {
          const one = takeIdle(fresh);
          if (one === undefined) return await open(signal);
          one.connection.idle(false);
          // A change is never repeated, so it must not meet a connection that XMail has silently closed.
          const trusted = effect === "read" || performance.now() - one.since < DOUBT_MS;
          if (trusted || (await alive(one.connection))) return one.connection;
          one.connection.destroy(new AppError("XMAIL_UNREACHABLE"));
        }
      } catch (error) {
        leave();
        throw error;
      }
    },
    release(connection) {
      if (closed) {
        part(connection);
      } else if (connection.usable) {
        connection.idle(true);
        const timer = setTimeout(() => {
          const index = idle.findIndex((one) => one.connection === connection);
          if (index >= 0) idle.splice(index, 1);
          part(connection);
        }, settings.idleMs).unref();
        idle.push({ connection, since: performance.now(), timer });
      }
      leave();
    },
    onShortage(listener) {
      shortages.add(listener);
      if (waiters.length > 0 || closed) listener();
      return () => shortages.delete(listener);
    },
    async close() {
      closed = true;
      takeIdle(true);
      const error = new AppError("XMAIL_UNREACHABLE", "The connection to XMail was closed.");
      for (const waiter of waiters.splice(0)) waiter.refuse(error);
      if (lent > 0) {
        for (const listener of shortages) listener();
        await new Promise<void>((resolve) => {
          allHome = resolve;
        });
      }
      await Promise.all(partings);
    },
  };
}
