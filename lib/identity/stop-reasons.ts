/**
 * Why somebody's key, access or sessions were ended, as people read it. Codes are what is kept: they
 * stand in the audit trail, which holds no free text because it can never be erased. Pages import
 * this, so the form's check stands apart from it.
 */
export const stopReasonNames = {
  stolen: 'Stolen',
  lost: 'Lost',
  'misuse-suspected': 'Misuse suspected',
  left: 'Left, or has other work now',
  precaution: 'Precaution',
} as const;

export type StopReason = keyof typeof stopReasonNames;
