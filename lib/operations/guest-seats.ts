/** Parts that somebody trying the sandbox can ask an enrolment link for. Pure. */
export const guestSeats = ['officer', 'approver', 'cosigner', 'dpo'] as const;
export type GuestSeat = (typeof guestSeats)[number];
