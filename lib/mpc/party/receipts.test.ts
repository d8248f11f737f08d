import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OperationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { adopt } from '../client/party-client.ts';
import { must, randomAddress } from '../testing/custody.ts';
import { openLocalCustody, type LocalCustody, type LocalParty } from '../testing/in-process.ts';
import { listingIntent } from '../testing/organisation.ts';
import { signReceipt, type AdoptionReceipt } from '../wire/receipt.ts';

const DAY = 86_400_000;

describe('a party that was off, and the word of its peers', () => {
  let custody: LocalCustody;
  let bundle: OperationBundle;
  beforeEach(() => {
    custody = openLocalCustody();
    const destination = { id: 'acme-payroll', address: randomAddress() };
    const notAfter = new Date(Date.now() + 30 * DAY).toISOString();
    bundle = custody.organisation.bundle({ ...listingIntent(destination), notAfter });
  });
  afterEach(() => custody.remove());

  /** What a party in hostile hands may sign: any instant it likes. */
  function wordOf({ party }: LocalParty, adoptedAt = new Date()): AdoptionReceipt {
    const { intent } = bundle;
    return signReceipt(party.identity, {
      type: 'countersign/adoption-receipt/v1',
      party: party.config.name,
      genesisDigest: party.trust?.genesisDigest ?? '',
      kind: 'destination-listing',
      operation: intent.operation,
      intentDigest: intentDigest(intent),
      adoptedAt: adoptedAt.toISOString(),
    });
  }
  const adoptAt = async ({ client }: LocalParty, receipts: AdoptionReceipt[]) => {
    const adopted = await adopt(client, bundle, receipts);
    return adopted.ok ? 'adopted' : adopted.refusal;
  };

  test('takes aged statements on the word of two', async () => {
    const [control, other, late] = custody.parties;
    const receipts = [
      must(await adopt(control.client, bundle)),
      must(await adopt(other.client, bundle)),
    ];
    custody.clock.ahead = 200 * DAY;
    expect(await adoptAt(late, [])).toBe('intent-expired');
    expect(await adoptAt(late, receipts)).toBe('adopted');
  });

  test('takes none on the word of one, however often it is said', async () => {
    const [control, , hostile] = custody.parties;
    custody.clock.ahead = 2 * DAY;
    const word = wordOf(hostile);
    expect(await adoptAt(control, [word])).toBe('statement-expired');
    expect(await adoptAt(control, [word, word])).toBe('statement-expired');
    const again = wordOf(hostile, new Date(Date.now() + 1));
    expect(await adoptAt(control, [word, again])).toBe('statement-expired');
    expect(await adoptAt(control, [word, wordOf(control)])).toBe('receipt-invalid');
  });

  test('measures by the latest word, so that one peer can not make it earlier', async () => {
    const [control, honest, hostile] = custody.parties;
    custody.clock.ahead = 3 * DAY;
    const [early, later] = [wordOf(hostile), wordOf(honest, new Date(Date.now() + 2 * DAY))];
    expect(await adoptAt(control, [early, later])).toBe('statement-expired');
    expect(await adoptAt(control, [later, early])).toBe('statement-expired');
  });

  test('takes nothing that its peers adopted longer ago than a party may be off', async () => {
    const [control, other, late] = custody.parties;
    const receipts = [
      must(await adopt(control.client, bundle)),
      must(await adopt(other.client, bundle)),
    ];
    custody.clock.ahead = 3 * 366 * DAY;
    expect(await adoptAt(late, receipts)).toBe('intent-expired');
    custody.clock.ahead = 3 * 365 * DAY - 60_000;
    expect(await adoptAt(late, receipts)).toBe('adopted');
  });
});
