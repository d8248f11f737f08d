/** Words of the record of processing (GDPR Art 30(1)). Pure. */
export const activityStates = { planned: 'Planned', active: 'Active', ended: 'Ended' } as const;

/** Whether an impact assessment is needed (GDPR Art 35(1)). */
export const dpiaNeeds = {
  needed: 'Needed: high risk is likely',
  'not-needed': 'Not needed',
} as const;

/** Whether machines alone decide about people in it (GDPR Art 22(1)). */
export const automatedDecisions = {
  no: 'No: people decide',
  yes: 'Yes: machines alone decide something that binds or affects people',
} as const;

/** An activity is looked at again at least that often. House value. */
export const activityReviewMonths = 12;
