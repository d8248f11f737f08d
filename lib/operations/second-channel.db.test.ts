import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { valueOf } from '#lib/identity/testing/people.ts';
import { channelCodeFor } from '#lib/mpc/party/channel-code.ts';
import { digestOf, policyChangeIntent } from '#lib/protocol/intent.ts';
import { freshKey } from '#lib/sandbox/solana/testing/vault-fixture.ts';
import { intentBase } from './intent-base.ts';
import { prepareDestination } from './prepare-destination.ts';
import { prepareRaise } from './prepare-raise.ts';
import {
  advance,
  decide,
  openPartyDesk,
  state,
  stateAll,
  type PartyDesk,
} from './testing/party-desk.ts';
import { loadTrust } from './trust.ts';
import { viewOperation } from './view-operation.ts';

let desk: PartyDesk;

/** Listings ask for the second channel from now on. */
async function askForCodes(): Promise<void> {
  const trust = await loadTrust(desk.owner);
  if (!trust) throw new Error('There is no policy.');
  const { policy } = trust;
  const [usual] = policy.rules.filter(({ id }) => id === 'trust');
  if (usual?.outcome.effect !== 'allow') throw new Error('There is no such rule.');
  const listings = {
    id: 'listings',
    name: 'Destinations: with the code of the party',
    when: { kinds: ['destination-listing' as const] },
    outcome: { ...usual.outcome, secondChannel: true as const },
  };
  const intent = policyChangeIntent.parse({
    ...intentBase({ operation: randomUUID(), kind: 'policy-change', policy }, desk.context),
    policy: {
      ...policy,
      version: policy.version + 1,
      previous: digestOf(policy),
      rules: [listings, ...policy.rules],
    },
  });
  const { actor } = desk.people.ada;
  const draft = { intent, note: null, attempt: 1 };
  const operation = await stateAll(desk, await prepareRaise(actor, draft, trust, desk.context));
  expect(await advance(desk, operation)).toBe('waiting');
  desk.passTime(6_000);
  expect(await advance(desk, operation)).toBe('done');
}

beforeAll(async () => {
  desk = await openPartyDesk();
  await desk.owner.client.create({ data: { id: 'C-1001' } });
  await askForCodes();
});
afterAll(() => desk.close());

const code = (answer: { ok: boolean; refusal?: { code: string } }) => answer.refusal?.code ?? null;

async function listing(): Promise<string> {
  const prepared = await prepareDestination(
    desk.people.ada.actor,
    {
      operation: randomUUID(),
      client: 'C-1001',
      chain: 'solana:sandbox',
      asset: 'SOL',
      address: freshKey().address,
      label: 'Own wallet',
    },
    desk.context,
  );
  expect(valueOf(prepared).allowed.secondChannel).toBe(true);
  return valueOf(await state(desk, 'ada', prepared)).operation;
}

/** What the party of the person's group shows them at its own page. */
async function codeFor(name: 'marek' | 'ines', operation: string): Promise<string> {
  const { digest } = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
  const { party } = desk.parties[name === 'marek' ? 'control' : 'custody'].local;
  const person = desk.people[name].actor.personId;
  return channelCodeFor(party.kek, { operation, intentDigest: digest, person, attempt: 1 });
}

describe('an operation with a second channel', () => {
  it('takes no approval without the code of the party, and one with it', async () => {
    const operation = await listing();
    expect(code(await decide(desk, 'marek', operation, 'approve'))).toBe('channel-code-missing');
    const shown = await codeFor('marek', operation);
    // As people type it.
    const typed = `${shown.slice(0, 4).toUpperCase()} ${shown.slice(4)}`;
    valueOf(await decide(desk, 'marek', operation, 'approve', typed));
    valueOf(await decide(desk, 'ines', operation, 'cosign', await codeFor('ines', operation)));
    expect(await advance(desk, operation)).toBe('done');
  });

  it('takes nothing for a code that no party shows, and says what a code is', async () => {
    const operation = await listing();
    const refused = await decide(desk, 'marek', operation, 'approve', 'not a code');
    expect(refused).toMatchObject({
      refusal: { sentence: expect.stringContaining('eight letters and digits') },
    });
  });

  it('names the party whose page shows the code, and none to people of no group', async () => {
    const operation = await listing();
    const codeFrom = async (name: 'ada' | 'marek' | 'ines') =>
      valueOf(await viewOperation(desk.people[name].actor, operation, desk.context)).codeFrom;
    expect([await codeFrom('ada'), await codeFrom('marek'), await codeFrom('ines')]).toEqual([
      null,
      'control',
      'custody',
    ]);
  });

  it('is stopped by the party when the code is not the one it showed', async () => {
    const operation = await listing();
    valueOf(await decide(desk, 'marek', operation, 'approve', '00000000'));
    valueOf(await decide(desk, 'ines', operation, 'cosign', await codeFor('ines', operation)));
    expect(await advance(desk, operation)).toBe('held');
    const row = await desk.owner.operation.findUniqueOrThrow({ where: { id: operation } });
    expect([row.stopCode, row.stopParty]).toEqual(['channel-code-wrong', 'control']);
  });
});
