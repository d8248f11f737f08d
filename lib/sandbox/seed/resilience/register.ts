/** The entity of the sample organisation with its functions and providers. Every name is made up. */
import { definitionField, definitions } from '#lib/resilience/kinds/entity-words.ts';
import { dayAgo } from '../sample-times.ts';
import type { Keeper } from './keeper.ts';
import { sampleLei } from './sample-lei.ts';

/** As the incident desk has it. */
export const entityLei = 'SAMPLECUSTODIAN00113';

const lei = 'eba_qCO:qx2000';
const euid = 'eba_qCO:qx2002';
const legalPerson = 'eba_CT:x212';

const meanings: Readonly<Record<string, string>> = {
  c0010: 'A contract that stands alone and is no part of a frame.',
  c0020: 'A frame under which services are called off.',
  c0030: 'A call-off under a frame that the register names.',
  c0040: 'Public or internal data; a leak would harm nobody.',
  c0050: 'Confidential data of the house; a leak would cost money or trust.',
  c0060: 'Data of clients, keys or key shares; a leak would harm clients.',
  c0070: 'Clients would notice nothing within five days.',
  c0080: 'Clients would notice within a day, and nothing would be lost.',
  c0090: 'Clients could not dispose of their assets, or assets would be at risk.',
  c0100: 'No other provider offers it, and the house cannot do it.',
  c0110: 'Another provider could do it after more than six months of work.',
  c0120: 'Another provider could do it within six months.',
  c0130: 'Another provider could do it within a month.',
  c0140: 'The house could do it itself within a month.',
  c0150: 'The house could do it itself within six months.',
  c0160: 'The house could do it itself after more than six months.',
  c0170: 'The service could be away for five days.',
  c0180: 'The service could be away for a day.',
  c0190: 'The service could be away for no more than hours.',
};

export async function keepEntity(keeper: Keeper): Promise<void> {
  await keeper.keep('entity', 'entity', [
    {
      facts: {
        lei: entityLei,
        name: 'Sample Custodian GmbH',
        country: 'DE',
        type: 'eba_CT:x303',
        authority: 'BaFin',
        hierarchy: 'eba_RP:x21',
        integratedOn: '2025-01-17',
        currency: 'EUR',
        assets: '18450000',
      },
      texts: Object.fromEntries(
        Object.keys(definitions).map((column) => [
          definitionField(column),
          meanings[column] ?? 'As the law has it.',
        ]),
      ),
    },
  ]);
}

type SampleFunction = {
  id: string;
  name: string;
  activity: string;
  critical: boolean;
  assessed: number;
  hours: [rto: number, rpo: number] | null;
  impact: 'low' | 'medium' | 'high';
  owner: string;
  reason: string;
};

const impacts = { low: 'eba_ZZ:x791', medium: 'eba_ZZ:x792', high: 'eba_ZZ:x793' } as const;
const custody = 'eba_TA:x228';
const transfers = 'eba_TA:x236';
const support = 'eba_TA:x276';

const functions: readonly SampleFunction[] = [
  {
    id: 'F1',
    name: 'Custody of client keys',
    activity: custody,
    critical: true,
    assessed: 120,
    hours: [4, 1],
    impact: 'high',
    owner: 'ines',
    reason: 'Without the key shares no client can dispose of their assets.',
  },
  {
    id: 'F2',
    name: 'Transfer of client assets',
    activity: transfers,
    critical: true,
    assessed: 120,
    hours: [4, 1],
    impact: 'high',
    owner: 'marek',
    reason: 'Clients rely on withdrawals within the hours of the agreement.',
  },
  {
    id: 'F3',
    name: 'Register of client positions',
    activity: custody,
    critical: true,
    assessed: 120,
    hours: [8, 1],
    impact: 'high',
    owner: 'lena',
    reason: 'It says whose the assets are (MiCA, Art 75(2)).',
  },
  {
    id: 'F4',
    name: 'Reconciliation with chains and banks',
    activity: custody,
    critical: true,
    assessed: 118,
    hours: [24, 24],
    impact: 'medium',
    owner: 'lena',
    reason: 'It shows daily that nothing of clients is missing.',
  },
  {
    id: 'F5',
    name: 'Identity and access of staff',
    activity: support,
    critical: true,
    assessed: 118,
    hours: [8, 24],
    impact: 'high',
    owner: 'ada',
    reason: 'Every approval rests on it.',
  },
  {
    id: 'F6',
    name: 'Monitoring of transactions',
    activity: support,
    critical: false,
    assessed: 118,
    hours: [24, 24],
    impact: 'medium',
    owner: 'tomas',
    reason: 'Alerts can be worked off later; transfers are held meanwhile.',
  },
  {
    id: 'F7',
    name: 'Communication with clients',
    activity: support,
    critical: false,
    assessed: 117,
    hours: [24, 24],
    impact: 'medium',
    owner: 'sofia',
    reason: 'Telephone and post remain when the portal is away.',
  },
  {
    id: 'F8',
    name: 'Accounting and payroll',
    activity: support,
    critical: false,
    assessed: 370,
    hours: null,
    impact: 'low',
    owner: 'sofia',
    reason: 'No client is touched; it can be done by hand for a month.',
  },
];

export async function keepFunctions(keeper: Keeper): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { id, name, activity, critical, assessed, hours, impact, owner, reason } of functions)
    ids.set(
      id,
      await keeper.keep('function', id, [
        {
          facts: {
            id,
            name,
            activity,
            critical: critical ? 'eba_BT:x28' : 'eba_BT:x29',
            assessedOn: dayAgo(assessed, keeper.context),
            rtoHours: hours?.[0] ?? null,
            rpoHours: hours?.[1] ?? null,
            impact: impacts[impact],
            owner: keeper.person(owner),
          },
          texts: { reason },
        },
      ]),
    );
  return ids;
}

type SampleProvider = {
  key: string;
  name: string;
  country: string;
  /** EUR a year; null for those without a contract of their own. */
  expense: string | null;
  parent?: string;
  euid?: string;
  note?: string;
};

const providers: readonly SampleProvider[] = [
  { key: 'nordlicht-holding', name: 'Nordlicht Holding SE', country: 'DE', expense: null },
  {
    key: 'nordlicht',
    name: 'Nordlicht Cloud GmbH',
    country: 'DE',
    expense: '412000',
    parent: 'nordlicht-holding',
  },
  { key: 'halden', name: 'Halden Rechenzentren GmbH', country: 'DE', expense: '96000' },
  { key: 'marlin', name: 'Marlin Energietechnik GmbH', country: 'DE', expense: null },
  { key: 'brightwater-inc', name: 'Brightwater Systems Inc.', country: 'US', expense: null },
  {
    key: 'brightwater',
    name: 'Brightwater Nodes Ltd',
    country: 'IE',
    expense: '148500.50',
    parent: 'brightwater-inc',
  },
  {
    key: 'brightwater-ops',
    name: 'Brightwater Operations LLC',
    country: 'US',
    expense: null,
    parent: 'brightwater-inc',
    note: 'Runs the nodes in the night hours of Europe.',
  },
  { key: 'aurelia', name: 'Aurelia Sicherheit AG', country: 'AT', expense: '87000' },
  { key: 'kestrel', name: 'Kestrel Identité SAS', country: 'FR', expense: '31200' },
  { key: 'linden', name: 'Linden Telekom GmbH', country: 'DE', expense: '18900' },
  {
    key: 'osprey',
    name: 'Osprey Analytics B.V.',
    country: 'NL',
    expense: '54000',
    euid: 'NLNHR.90001234',
  },
  { key: 'fjord', name: 'Fjord Lagring AS', country: 'NO', expense: '22400' },
];

const wordOf = (key: string): string =>
  key
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '')
    .slice(0, 12);

export async function keepProviders(keeper: Keeper): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key, name, country, expense, parent, euid: other, note } of providers) {
    const code = other ?? sampleLei(wordOf(key));
    ids.set(
      key,
      await keeper.keep('provider', code, [
        {
          facts: {
            person: legalPerson,
            codeType: other === undefined ? lei : euid,
            code,
            name,
            latinName: name,
            country,
            expense,
            currency: expense === null ? null : 'EUR',
            parent: parent === undefined ? null : (ids.get(parent) ?? null),
          },
          texts: note === undefined ? {} : { note },
        },
      ]),
    );
  }
  return ids;
}
