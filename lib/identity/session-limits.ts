/**
 * A session ends this long after its person's last input or action, in milliseconds. Input is told
 * of at most once a minute, so it may be up to a minute sooner.
 */
export const idleLimitMs = 15 * 60_000;
/** A session ends this long after sign-in, however busy it is. */
export const absoluteLimitMs = 8 * 3_600_000;

/** The same as people read them. */
export const idleMinutes = idleLimitMs / 60_000;
export const absoluteHours = absoluteLimitMs / 3_600_000;
