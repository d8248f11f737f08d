/** What ends a command in order: Ctrl-C, a terminal that closes, a machine that shuts down. */

/** @returns a signal that is aborted by the first of them; later ones change nothing, so that cleaning up ends. */
export function untilInterrupted(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (controller.signal.aborted) return;
      controller.abort();
      onFirst();
    });
  return controller.signal;
}
