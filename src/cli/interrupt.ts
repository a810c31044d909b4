const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Signals that are held back so that the file in hand can be finished. */
export interface HeldSignals {
  /** Is aborted by the first signal. */
  stop: AbortSignal;
  /** Lets signals end the process again, and ends it by the one that was held back, so that its caller sees that. */
  release(): void;
}

/** From now on SIGINT and SIGTERM end nothing. They are heard whenever the process waits for something. */
export function holdSignals(): HeldSignals {
  const controller = new AbortController();
  let caught: NodeJS.Signals | undefined;
  const hold = (signal: NodeJS.Signals): void => {
    caught ??= signal;
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, hold);
  return {
    stop: controller.signal,
    release() {
      for (const signal of SIGNALS) process.off(signal, hold);
      if (caught !== undefined) process.kill(process.pid, caught);
    },
  };
}
