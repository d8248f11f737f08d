/** The form on which a complaint can be filed, free of charge (MiCA Art 71(2) and (3)). Pure. */

const sections: readonly (readonly [string, readonly string[]])[] = [
  [
    '1. Who complains',
    [
      'Name (family name and first name, or name of the legal person)',
      'Registration number or identity number, and LEI if there is one',
      'Client number, if you have one',
      'Address: street, number, postcode, city, country',
      'Telephone and e-mail',
    ],
  ],
  [
    '2. Who acts for the complainant, if anybody does (enclose the power of attorney)',
    ['Name', 'Address', 'Telephone and e-mail'],
  ],
  [
    '3. What the complaint is about',
    [
      'The service, agreement or transaction',
      'What happened (enclose what shows it)',
      'When it happened',
      'Damage, loss or detriment',
      'Anything else we should know',
    ],
  ],
  ['4. Place, date and signature', ['Complainant, or who acts for them']],
  ['5. What is enclosed', ['Power of attorney', 'Copy of the agreement', 'Other documents']],
];

/** @param organisation as it calls itself in documents. */
export function complaintTemplate(organisation: string): string {
  const lines = sections.flatMap(([title, fields]) => [
    title,
    ...fields.map((field) => `   ${field}: `),
    '',
  ]);
  return [
    `COMPLAINT TO ${organisation}`,
    '',
    'Filing a complaint costs nothing. It may come in electronic form or on paper, in any language',
    'in which we offer our services or write to clients, or in an official language of our home or',
    'host Member States. You need not use this form. We acknowledge receipt without delay and',
    'answer with reasons within two months; if it takes longer we say why and until when.',
    '',
    ...lines,
  ].join('\n');
}
