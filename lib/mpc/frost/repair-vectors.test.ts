import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fromHex, hexOf } from '../wire/encoding.ts';
import type { GroupKey } from './group.ts';
import { finishRepair, sumDeltas } from './repair.ts';
import {
  at,
  dealAllDeltas,
  dealKey,
  done,
  membersOf,
  openRepair,
  receivedBy,
  sumAll,
  type Holder,
} from './testing/holders.ts';
import { ed25519Suite } from './suite.ts';

const { commitTo, evaluate, pointHex, scalarBytes, scalarOf, subtractScalars } =
  ed25519Suite.arithmetic;
const { frost } = ed25519Suite;

const scalar = hexOf(32);
const vectors = z
  .object({
    scalar_generation: z.object({
      random_scalar_1: scalar,
      random_scalar_2: scalar,
      random_scalar_3: scalar,
      random_scalar_sum: scalar,
    }),
    sigma_generation: z.object({
      sigma_1: scalar,
      sigma_2: scalar,
      sigma_3: scalar,
      sigma_4: scalar,
      sigma_sum: scalar,
    }),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('./vectors/zf-frost/repair-share.json', import.meta.url), 'utf8'),
    ),
  );

/** Members whose shares lie on this polynomial. */
function dealFrom(coefficients: readonly bigint[], indexes: readonly number[]): Holder[] {
  const shares = indexes.map((index) => ({ index, share: evaluate(coefficients, index) }));
  const group: GroupKey = {
    threshold: coefficients.length,
    commitments: coefficients.map((coefficient) => pointHex(commitTo(coefficient))),
    shares: shares.map(({ index, share }) => ({
      index,
      verifyingShare: pointHex(commitTo(share)),
    })),
  };
  return shares.map(({ index, share }) => ({
    suite: ed25519Suite,
    index,
    group,
    signingShare: scalarBytes(share),
  }));
}

describe("the Zcash Foundation's vectors for repair, frost-ed25519", () => {
  test('three published deltas for one helper make the published sum', () => {
    const { scalar_generation: published } = vectors;
    const first = new Map([
      [1, published.random_scalar_1],
      [4, published.random_scalar_2],
      [5, published.random_scalar_3],
    ]);
    const holders = dealKey(membersOf(5), 3).filter(({ index }) => first.has(index));
    const open = openRepair(2, holders, (helper) => {
      const drawn = [fromHex(at(first, helper))];
      return () => drawn.shift() ?? frost.utils.randomScalar();
    });
    const received = receivedBy(1, dealAllDeltas(open));
    expect(received.get(4)).toEqual(fromHex(published.random_scalar_2));
    const { sigma } = done(sumDeltas(at(open.states, 1), received));
    expect(sigma).toEqual(fromHex(published.random_scalar_sum));
  });

  test('four published sums make the published share', () => {
    const { sigma_generation: published } = vectors;
    const sigmas = [published.sigma_1, published.sigma_2, published.sigma_3, published.sigma_4].map(
      fromHex,
    );
    const share = scalarOf(fromHex(published.sigma_sum));
    // A polynomial of degree 3 through the published share at member 2.
    const others = [7n, 11n, 13n];
    const rest = evaluate([0n, ...others], 2);
    const holders = dealFrom([subtractScalars(share, [rest]), ...others], membersOf(5));
    const lost = holders[1];
    expect(lost?.signingShare).toEqual(scalarBytes(share));
    const helpers = holders.filter(({ index }) => index !== 2);
    // The first three helpers draw what they like; the fourth completes each column to the published sum.
    const drawn = new Map(
      [1, 3, 4].map((helper) => [helper, [1, 2, 3].map(() => frost.utils.randomScalar())]),
    );
    const last = [0, 1, 2].map((place) =>
      scalarBytes(
        subtractScalars(
          scalarOf(sigmas[place] ?? new Uint8Array()),
          [...drawn.values()].map((row) => scalarOf(row[place] ?? new Uint8Array())),
        ),
      ),
    );
    const open = openRepair(2, helpers, (helper) => {
      const row = [...(drawn.get(helper) ?? last)];
      return () => row.shift() ?? new Uint8Array();
    });
    const sums = sumAll(open);
    expect([...sums.values()]).toEqual(sigmas);
    const { signingShare } = done(finishRepair(open.plan, open.packages, sums));
    expect(signingShare).toEqual(fromHex(published.sigma_sum));
  });
});
