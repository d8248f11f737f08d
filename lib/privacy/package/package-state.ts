/** Where a package is between its order and its end. Pure. */

/** After so many the worker leaves it, and a person orders anew. */
export const attemptsMax = 5;

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
  if (progress.fault === 'keys-away') return 'keys-away';
  return progress.attempt >= attemptsMax ? 'failed' : 'waiting';
}

/** Whether something of it is still to come. */
export const isUnderWay = (state: PackageState): boolean =>
  state === 'waiting' || state === 'building' || state === 'keys-away';
