/** Answers one question of a console, as the source it is put to. */
import { assets } from '#lib/chains/assets.ts';
import { z } from 'zod';
import { assetCode, chainId, clientId } from '#lib/protocol/scalars.ts';
import type { Fact, SignedFact } from '#lib/protocol/signed-facts.ts';
import { riskOf, priceOf, standingOf } from './opinions.ts';
import { questionHead } from './question.ts';
import { signFact, sourceNames, type SourceFact, type SourceKeys } from './source-keys.ts';

const question = z.discriminatedUnion('fact', [
  z.strictObject({ ...questionHead, fact: z.literal('price'), asset: assetCode }),
  z.strictObject({
    ...questionHead,
    fact: z.literal('risk'),
    chain: chainId,
    address: z.string().min(1).max(128),
  }),
  z.strictObject({ ...questionHead, fact: z.literal('standing'), client: clientId }),
]);

/** @returns null for what is no question to one of these sources, or about what none knows. */
export function answerQuestion(asked: unknown, keys: SourceKeys, now: Date): SignedFact | null {
  const parsed = question.safeParse(asked);
  if (!parsed.success) return null;
  const { organisation, environment: where, source, fact } = parsed.data;
  if (source !== sourceNames[fact] || where !== 'sandbox') return null;
  const said = {
    type: 'countersign/fact/v1',
    organisation,
    environment: where,
    source,
    observedAt: now.toISOString(),
  } as const;
  const about = factAbout(parsed.data, said, now);
  return about && signFact(keys, about);
}

type Said = Pick<Fact, 'type' | 'organisation' | 'environment' | 'source' | 'observedAt'>;

function factAbout(
  asked: z.infer<typeof question>,
  said: Said,
  now: Date,
): (Fact & { fact: SourceFact }) | null {
  switch (asked.fact) {
    case 'price': {
      const { asset } = asked;
      const microEur = priceOf(asset, now);
      const known = assets.find(({ code }) => code === asset);
      return microEur !== null && known
        ? { ...said, fact: 'price', asset, decimals: known.decimals, microEur }
        : null;
    }
    case 'risk': {
      const { chain, address } = asked;
      return { ...said, fact: 'risk', chain, address, verdict: riskOf(address) };
    }
    case 'standing': {
      const { client } = asked;
      return { ...said, fact: 'standing', client, standing: standingOf(client) };
    }
  }
}
