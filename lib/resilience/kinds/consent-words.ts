/** Words of consents (GDPR Art 7). Pure. */
export const consentStates = { active: 'Asked for', ended: 'No longer asked for' } as const;
