// One source of time for every service; it can be moved, and timers wait on it.

/** Reads the time and wakes callers at a time. Times are milliseconds since the Unix epoch. */
export interface Clock {
  now(): number;
  /** Runs `callback` once when the clock reaches `atMs`; the returned function cancels it. */
  wakeAt(atMs: number, callback: () => void): () => void;
}

/** A clock that can be moved against the machine's time. */
export interface AdjustableClock extends Clock {
  /** Milliseconds this clock is ahead of the machine (negative: behind). */
  offsetMs(): number;
  setOffset(offsetMs: number): void;
}

/** Node's timers overflow above this delay and would fire at once. */
const timerDelayMsMax = 2_147_483_647;

interface Sleeper {
  readonly atMs: number;
  readonly callback: () => void;
  timer: NodeJS.Timeout | undefined;
}

/** The machine's clock shifted by an offset; moving it re-arms every sleeper. */
export function systemClock(offsetMs = 0): AdjustableClock {
  const sleepers = new Set<Sleeper>();
  let offset = offsetMs;
  const now = () => Date.now() + offset;

  function arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const delay = Math.max(0, sleeper.atMs - now());
    sleeper.timer = setTimeout(() => ring(sleeper), Math.min(delay, timerDelayMsMax));
    sleeper.timer.unref();
  }
  function ring(sleeper: Sleeper): void {
    if (now() < sleeper.atMs) arm(sleeper);
    else if (sleepers.delete(sleeper)) sleeper.callback();
  }
  return {
    now,
    wakeAt(atMs, callback) {
      const sleeper: Sleeper = { atMs, callback, timer: undefined };
      sleepers.add(sleeper);
      arm(sleeper);
      return () => {
        clearTimeout(sleeper.timer);
        sleepers.delete(sleeper);
      };
    },
    offsetMs: () => offset,
    setOffset(next) {
      offset = next;
      for (const sleeper of sleepers) arm(sleeper);
    },
  };
}

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  advance(ms: number): void;
  set(atMs: number): void;
}

/** Starts at `startMs`; `advance` and `set` ring what became due, in order of time. */
export function manualClock(startMs = Date.parse('2026-01-01T00:00:00Z')): ManualClock {
  const sleepers = new Set<{ atMs: number; callback: () => void }>();
  let current = startMs;
  function set(atMs: number): void {
    for (;;) {
      const due = [...sleepers].filter((s) => s.atMs <= atMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      sleepers.delete(due);
      current = Math.max(current, due.atMs);
      due.callback();
    }
    current = atMs;
  }
  return {
    now: () => current,
    wakeAt(atMs, callback) {
      const sleeper = { atMs, callback };
      if (atMs <= current) {
        queueMicrotask(() => sleepers.delete(sleeper) && callback());
      }
      sleepers.add(sleeper);
      return () => void sleepers.delete(sleeper);
    },
    advance: (ms) => set(current + ms),
    set,
  };
}

/** Resolves when `clock` has moved on by `delayMs`; rejects with the signal's reason on abort. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.wakeAt(clock.now() + delayMs, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}
