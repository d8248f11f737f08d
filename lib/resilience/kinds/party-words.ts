/** What somebody is to the processing (GDPR Art 30(1)(a)). Pure. */
export const partyRoles = {
  controller: 'Controller',
  'joint-controller': 'Joint controller',
  representative: 'Representative in the Union',
  dpo: 'Data protection officer',
} as const;
