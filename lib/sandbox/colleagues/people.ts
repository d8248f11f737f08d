/** The sample colleagues of the sandbox. Their keys are software and the roster says so. */
import type { GuestSeat } from '#lib/operations/guest-seats.ts';
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
  { handle: 'sofia', displayName: 'Sofia Rossi', roles: ['officer', 'manager'], group: 'recovery' },
  { handle: 'tomas', displayName: 'Tomas Novak', roles: ['officer'], group: 'recovery' },
  { handle: 'vera', displayName: 'Vera Sandoval', roles: ['dpo'], group: null },
];

type Guest = Omit<Colleague, 'handle'>;

/** Who a guest is, by the part they want to play. */
export const guestFor: Readonly<Record<GuestSeat, Guest>> = {
  // A manager too, so that one person can try what is for managers and the board.
  officer: {
    displayName: 'Guest officer',
    roles: ['officer', 'administrator', 'manager'],
    group: null,
  },
  approver: { displayName: 'Guest approver', roles: ['officer'], group: 'control' },
  cosigner: { displayName: 'Guest co-signer', roles: ['officer'], group: 'custody' },
  // Advises on people's data and decides nothing, so it is nobody else's part.
  dpo: { displayName: 'Guest data protection officer', roles: ['dpo'], group: null },
};

/** People whom the first start prints enrolment links for: those whom a withdrawal takes. */
export const guests: readonly Guest[] = [guestFor.officer, guestFor.approver, guestFor.cosigner];
