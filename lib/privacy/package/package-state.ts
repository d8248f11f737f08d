/** Where a package is between its order and its end. Pure. */

/** After so many the worker leaves it, and a person orders anew. */
export const attemptsMax = 5;

/** A build that showed no life for so long is nobody's any more. */
export const deadAfterMs = 120_000;

export type PackageState = 'waiting' | 'building' | 'keys-away' | 'failed' | 'built' | 'erased';

export const packageStates: Readonly<Record<PackageState, string>> = {
  waiting: 'Waits for the worker',
  building: 'Being built',
  'keys-away': 'Waits for the service that keeps the keys',
  failed: 'Could not be built',
  built: 'Built',
  erased: 'Erased',
};

type Kept = {
  progress: { attempt: number; fault: string | null } | null;
  built: { erasedAt: Date | null } | null;
};

export function stateOf({ progress, built }: Kept): PackageState {
  if (built) return built.erasedAt === null ? 'built' : 'erased';
  if (!progress) return 'waiting';
  if (progress.fault === null) return 'building';
  if (progress.fault === 'ending' || progress.fault === 'ended') return 'erased';
  if (progress.fault === 'keys-away') return 'keys-away';
  return progress.attempt >= attemptsMax ? 'failed' : 'waiting';
}

/** Whether something of it is still to come. */
export const isUnderWay = (state: PackageState): boolean =>
  state === 'waiting' || state === 'building' || state === 'keys-away';

/** Whether a package is for the person and the right that its request is about now. */
export const isOfRequest = (
  { personId, right }: { personId: string; right: string },
  about: { person: { id: string } | null; right: string },
): boolean => about.person?.id === personId && about.right === right;
