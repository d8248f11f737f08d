/** Words for what people are and how their data came to be known. */
export const roleWords: Readonly<Record<string, string>> = {
  client: 'Client',
  representative: 'Representative',
  'beneficial-owner': 'Beneficial owner',
  'authorised-user': 'Authorised user',
  operator: 'Works with the console',
};

export const originWords: Readonly<Record<string, string>> = {
  provided: 'Given by the person',
  observed: 'Observed',
  derived: 'Worked out by us',
  'third-party': 'From somebody else',
};

export const searchWords: Readonly<Record<string, string>> = {
  name: 'Name',
  email: 'E-mail address',
  document: 'Number of an identity document',
  phone: 'Telephone number',
  'tax-number': 'Tax identification number',
};
