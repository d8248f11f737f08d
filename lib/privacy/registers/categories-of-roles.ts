/** Who people are in the vault, as the record of processing names them (Art 30(1)(c)). Pure. */
import type { PersonRole } from '#lib/persons/field-map.ts';
import type { personCategories } from '#lib/resilience/kinds/privacy-words.ts';

type PersonCategory = keyof typeof personCategories;

const categoryOf: Readonly<Record<PersonRole, PersonCategory>> = {
  client: 'clients',
  representative: 'representatives',
  'beneficial-owner': 'beneficial-owners',
  'authorised-user': 'representatives',
  operator: 'staff',
};

/** Each once; none of somebody who is neither tied to a client nor works here. */
export const categoriesOfRoles = (roles: readonly PersonRole[]): PersonCategory[] => [
  ...new Set(roles.map((role) => categoryOf[role])),
];
