/** A roster in which people of a test's organisation keep the shares of its parties. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import type { GroupRecord } from '#lib/mpc/backup/group.ts';
import { makeBackupGroup, type CustodianPart } from '#lib/mpc/backup/make-group.ts';
import { rosterChangeIntent } from '#lib/protocol/intent.ts';
import { intentBase } from '../intent-base.ts';
import { prepareRaise } from '../prepare-raise.ts';
import { loadTrust } from '../trust.ts';
import { advance, decide, state, type Name, type PartyDesk } from './party-desk.ts';

export type NamedGroup = { record: GroupRecord; parts: CustodianPart[] };

/** Waits out the sandbox's time-lock. @param keepers two people for each party, nobody twice. */
export async function nameCustodians(
  desk: PartyDesk,
  keepers: Readonly<Record<string, readonly [Name, Name]>>,
): Promise<Map<string, NamedGroup>> {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no roster.');
  const { roster, policy } = trust;
  const groups = new Map<string, NamedGroup>();
  for (const [party, people] of Object.entries(keepers)) {
    const made = await makeBackupGroup({
      organisation: roster.organisation,
      environment: roster.environment,
      id: `keep-${party}`,
      party,
      threshold: 2,
      custodians: people.map((name) => desk.people[name].actor.personId),
      madeAt: desk.context.clock(),
    });
    if (!made.ok) throw new Error(made.sentence);
    groups.set(party, made.value);
  }
  const base = { operation: randomUUID(), kind: 'roster-change', policy } as const;
  const intent = rosterChangeIntent.parse({
    ...intentBase(base, desk.context),
    roster: {
      ...roster,
      version: roster.version + 1,
      previous: trust.rosterDigest,
      backups: [...groups.values()].map(({ record }) => record.group),
    },
  });
  const draft = { intent, note: null, attempt: 1 };
  const prepared = await prepareRaise(desk.people.ada.actor, draft, trust, desk.context);
  const { operation } = valueOf(await state(desk, 'ada', prepared));
  valueOf(await decide(desk, 'marek', operation, 'approve'));
  valueOf(await decide(desk, 'ines', operation, 'cosign'));
  expect(await advance(desk, operation)).toBe('waiting');
  desk.passTime(6_000);
  expect(await advance(desk, operation)).toBe('done');
  return groups;
}
