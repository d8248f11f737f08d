/** Input that shows somebody is there; a page that draws itself anew shows nothing of the kind. */
const INPUTS = ['pointerdown', 'keydown', 'wheel'] as const;

/** Input is told of at most this often: well below the limit after which a session ends. */
export const presenceEveryMs = 60_000;

/**
 * Tells of input at most once a minute, at its beginning: later it would tell of somebody who may
 * be gone. What a script made up is no input.
 * @param tell false when it was not heard, so that the next input tries again.
 * @param now milliseconds.
 */
export function presenceTeller(
  tell: () => Promise<boolean>,
  now: () => number,
): (event: { isTrusted: boolean }) => void {
  let last = Number.NEGATIVE_INFINITY;
  return ({ isTrusted }) => {
    const at = now();
    if (!isTrusted || at - last < presenceEveryMs) return;
    last = at;
    void tell().then((isHeard) => {
      if (!isHeard && last === at) last = Number.NEGATIVE_INFINITY;
    });
  };
}

/** Listens for input anywhere on the page. @returns how to stop. */
export function watchInput(listener: (event: Event) => void): () => void {
  const options = { capture: true, passive: true } as const;
  for (const input of INPUTS) window.addEventListener(input, listener, options);
  return () => {
    for (const input of INPUTS) window.removeEventListener(input, listener, options);
  };
}
