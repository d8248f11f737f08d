/** Words of what the board decides. Pure, for screens. */
export const decisionWords = {
  approved: 'Approved',
  conditions: 'Approved, with conditions',
  noted: 'Noted',
} as const;

/** How a pack stands: approved once somebody other than its maker has approved it. */
export const standingWords = {
  approved: 'Approved',
  signed: 'Signed, not approved',
  waiting: 'Waits for signatures',
} as const;
export type PackStanding = keyof typeof standingWords;

/** @param signatures how many there are. */
export const standingOf = (isApproved: boolean, signatures: number): PackStanding =>
  isApproved ? 'approved' : signatures > 0 ? 'signed' : 'waiting';
