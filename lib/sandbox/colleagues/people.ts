/** The sample colleagues of the sandbox. Their keys are software and the roster says so. */
import type { Group, Role } from '#lib/protocol/roster.ts';

export type Colleague = {
  /** Used on the command line and in the key file. */
  handle: string;
  displayName: string;
  roles: Role[];
  group: Group | null;
};

export const colleagues: readonly Colleague[] = [
  { handle: 'ada', displayName: 'Ada Hofmann', roles: ['officer', 'administrator'], group: null },
  { handle: 'marek', displayName: 'Marek Kowalski', roles: ['officer'], group: 'control' },
  { handle: 'lena', displayName: 'Lena Fischer', roles: ['officer'], group: 'control' },
  { handle: 'ines', displayName: 'Ines Moreau', roles: ['officer'], group: 'custody' },
  { handle: 'jonas', displayName: 'Jonas Lindqvist', roles: ['officer'], group: 'custody' },
  { handle: 'sofia', displayName: 'Sofia Rossi', roles: ['officer'], group: 'recovery' },
  { handle: 'tomas', displayName: 'Tomas Novak', roles: ['officer'], group: 'recovery' },
];

/** People whom the first start prints enrolment links for. */
export const guests: readonly Omit<Colleague, 'handle'>[] = [
  { displayName: 'Guest officer', roles: ['officer', 'administrator'], group: null },
  { displayName: 'Guest approver', roles: ['officer'], group: 'control' },
  { displayName: 'Guest co-signer', roles: ['officer'], group: 'custody' },
];
