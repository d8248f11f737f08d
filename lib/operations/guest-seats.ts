/** Parts that somebody trying the sandbox can ask an enrolment link for. Pure. */
export const guestSeats = ['officer', 'approver', 'cosigner'] as const;
export type GuestSeat = (typeof guestSeats)[number];
