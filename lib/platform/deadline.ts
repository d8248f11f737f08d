/**
 * What `work` answers, or `otherwise` when it has not answered after `milliseconds`. The work goes
 * on unheard, so it must have a limit of its own; a failure of it that comes in time is thrown.
 */
export async function withinDeadline<T>(
  work: Promise<T>,
  milliseconds: number,
  otherwise: T,
): Promise<T> {
  const { promise: late, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), milliseconds);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
