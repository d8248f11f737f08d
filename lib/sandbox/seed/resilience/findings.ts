/** Findings of the sample organisation at every stage, from open to validated. */
import { dayAgo } from '../sample-times.ts';
import { idIn, type Ids } from './contracts.ts';
import type { Keeper, Version } from './keeper.ts';

type SampleFinding = {
  title: string;
  source: string;
  severity: string;
  found: number;
  owner: string;
  description: string;
  remedy?: string;
  test?: string;
  planTest?: string;
  functions: readonly string[];
  /** How many days ago it was remedied, and validated. */
  remedied?: number;
  validated?: number;
};

const findings: readonly SampleFinding[] = [
  {
    title: 'Sessions outlive a removed role by a minute',
    source: 'pentest',
    severity: 'high',
    found: 72,
    owner: 'ada',
    description:
      'A role that is taken away still opens pages until the next question to the server.',
    remedy: 'Rights are read anew with every request.',
    test: 'Penetration test of the console',
    functions: ['F5'],
    remedied: 55,
    validated: 50,
  },
  {
    title: 'Uploads tell their type by name only',
    source: 'pentest',
    severity: 'medium',
    found: 72,
    owner: 'ada',
    description: 'A file with a false ending is kept as what it says it is.',
    remedy: 'The content is looked at as well.',
    test: 'Penetration test of the console',
    functions: ['F7'],
    remedied: 20,
  },
  {
    title: 'The name service follows a switch too slowly',
    source: 'drill',
    severity: 'medium',
    found: 140,
    owner: 'marek',
    description: 'Ten minutes of the recovery time were lost waiting for it.',
    remedy: 'Shorter lifetimes, and addresses kept in the parties.',
    planTest: 'Switch to the second region with all groups',
    functions: ['F2'],
  },
  {
    title: 'No record of who has keys to the cage',
    source: 'audit',
    severity: 'low',
    found: 60,
    owner: 'ines',
    description: 'The list at the hall is older than the last change of staff.',
    functions: ['F1'],
  },
  {
    title: 'Old library in the portal of clients',
    source: 'scan',
    severity: 'high',
    found: 4,
    owner: 'ada',
    description: 'A known fault that a stranger could use to read what is shown to others.',
    functions: ['F7'],
  },
];

function findingVersions(
  finding: SampleFinding,
  keeper: Keeper,
  functions: Ids,
  found: Ids,
): Version[] {
  const { title, description, remedy, test, planTest, remedied, validated } = finding;
  const day = (days: number) => dayAgo(days, keeper.context);
  const open = {
    source: finding.source,
    severity: finding.severity,
    state: 'open',
    foundOn: day(finding.found),
    owner: keeper.person(finding.owner),
    test: test === undefined ? null : idIn(found, test),
    planTest: planTest === undefined ? null : idIn(found, planTest),
    functions: finding.functions.map((id) => idIn(functions, id)),
  };
  const texts = { title, description, ...(remedy === undefined ? {} : { remedy }) };
  const versions: Version[] = [{ facts: open, texts }];
  if (remedied === undefined) return versions;
  const facts = {
    ...open,
    state: 'remedied',
    remediedOn: day(remedied),
    remediedBy: keeper.person(finding.owner),
  };
  versions.push({ facts });
  if (validated !== undefined)
    versions.push({
      by: 'sofia',
      facts: {
        ...facts,
        state: 'validated',
        validatedOn: day(validated),
        validatedBy: keeper.person('sofia'),
      },
      texts: { validation: 'Tried again as in the report; the page is refused at once.' },
    });
  return versions;
}

export async function keepFindings(keeper: Keeper, functions: Ids, found: Ids): Promise<void> {
  for (const finding of findings)
    await keeper.keep('finding', finding.title, findingVersions(finding, keeper, functions, found));
}
