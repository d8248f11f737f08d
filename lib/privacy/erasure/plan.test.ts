import { describe, expect, it } from 'vitest';
import { systemNames } from '../collect/system-names.ts';
import type { ErasureFacts } from './blockers.ts';
import { planOf, type ErasurePlan, type Held } from './plan.ts';

const today = '2026-11-29';
const client = 'C-70001';

const held = (more: Partial<Held> = {}): Held => ({
  person: 'ps-aaaaaaaaaaaaaaaa',
  roles: ['client'],
  values: [{ field: 'full-name', versions: 1 }],
  hashes: 1,
  texts: 2,
  looks: 3,
  requests: 1,
  ties: 1,
  acts: 4,
  access: 5,
  packages: 1,
  ownClients: [client],
  systems: {
    ledger: 10,
    operations: 2,
    destinations: 1,
    statements: 4,
    registers: 1,
    incidents: 1,
    corrections: 1,
    restrictions: 1,
    consents: 1,
    stops: 1,
    breaches: 1,
    files: 1,
  },
  ...more,
});
const nothing: ErasureFacts = {
  ties: [],
  clients: [],
  operator: null,
  openRequests: [],
  holds: [],
  openCorrections: 0,
};
const recorded = (lastRecordOn: string): ErasureFacts => ({
  ...nothing,
  clients: [{ client, lastRecordOn, openOperations: 0 }],
});
const plan = (facts: ErasureFacts = nothing, of: Held = held()): ErasurePlan =>
  planOf(of, facts, { right: 'erasure', today });

describe('the plan of an erasure', () => {
  it('has a line for every system that keeps something, with its article', () => {
    const { outcome, lines } = plan();
    expect(outcome).toBe('whole');
    const labels = lines.map(({ label }) => label);
    const elsewhere: Readonly<Record<string, string>> = {
      vault: 'Name',
      requests: 'Files of requests',
      signed: 'What the person signed',
      access: 'Security keys and sessions',
    };
    for (const [code, name] of Object.entries(systemNames))
      expect([code, labels.includes(elsewhere[code] ?? name)]).toEqual([code, true]);
    for (const { code, action, why } of lines)
      if (action === 'keep') expect([code, /Article/.test(why)]).toEqual([code, true]);
    const of = (code: string) => lines.find((line) => line.code === code);
    expect(of('ledger')).toMatchObject({ count: 10, action: 'keep' });
    expect(of('ledger')?.why).toContain('Article 68(9) of Regulation (EU) 2023/1114');
    expect(of('destinations')?.why).toContain('Article 26 of Regulation (EU) 2023/1113');
    expect(of('packages')).toMatchObject({ count: 1, action: 'destroy' });
  });

  it('says until when records of services stay, and leaves systems out that hold nothing', () => {
    const systems = { ...held().systems, destinations: 0 };
    const { lines } = plan(recorded('2026-01-31'), held({ systems }));
    const until = new Map(lines.map((line) => [line.code, line.until]));
    expect(until.get('ledger')).toBe('2031-02-01');
    expect(until.get('statements')).toBe('2031-02-01');
    expect(until.has('destinations')).toBe(false);
  });

  it('names no day while the relationship goes on, and none of clients that are not the person', () => {
    const served = { ...recorded('2026-01-31'), ties: [{ client, endedOn: null }] };
    const ledger = ({ lines }: ErasurePlan) => lines.find(({ code }) => code === 'ledger')?.until;
    expect(ledger(plan(served))).toBeNull();
    expect(ledger(plan(recorded('2026-01-31'), held({ ownClients: ['C-70002'] })))).toBeNull();
  });

  it('is signed with what stays elsewhere and until when, and not with how much there is', () => {
    const { digest } = plan(recorded('2026-01-31'));
    const more = { ...held().systems, ledger: 11, destinations: 0 };
    expect(plan(recorded('2026-01-31'), held({ systems: more, looks: 9 })).digest).toBe(digest);
    expect(plan(recorded('2026-01-31'), held({ ownClients: [] })).digest).not.toBe(digest);
  });
});
