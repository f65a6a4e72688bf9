/** The time of whichever command is first in line; it stands still while we make XMail wait. */
export interface Deadline {
  /** Another command is first now: its time begins. */
  restart(): void;
  /** To be called when what is first, or its time, may have changed. */
  watch(): void;
  pause(): void;
  resume(): void;
  stop(): void;
}

/** `allowed` says how many milliseconds the first command has, `null` when none is under way. */
export function createDeadline(allowed: () => number | null, expired: () => void): Deadline {
  let since = performance.now();
  let spent = 0;
  let paused = false;
  let timer: NodeJS.Timeout | null = null;
  let due = Number.POSITIVE_INFINITY;

  function stop(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    due = Number.POSITIVE_INFINITY;
  }

  /** One timer serves all commands: it is only moved when somebody is due earlier, and looks again when it ends. */
  function watch(): void {
    const milliseconds = allowed();
    if (milliseconds === null || paused) return;
    const end = since + milliseconds - spent;
    if (end >= due) return;
    stop();
    due = end;
    timer = setTimeout(onTimer, Math.max(1, end - performance.now())).unref();
  }

  function onTimer(): void {
    stop();
    const milliseconds = allowed();
    if (milliseconds === null || paused) return;
    if (spent + performance.now() - since < milliseconds - 1) watch();
    else expired();
  }

  return {
    watch,
    stop,
    restart() {
      since = performance.now();
      spent = 0;
    },
    pause() {
      spent += performance.now() - since;
      paused = true;
    },
    resume() {
      since = performance.now();
      paused = false;
      watch();
    },
  };
}
