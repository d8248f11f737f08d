/** Providers outside the European Economic Area with their contracts, as the third-party register has them. */
import { leiCode, legalPerson } from '#lib/resilience/codes.ts';
import { clauses } from '#lib/resilience/kinds/contract-words.ts';
import type { Keeper } from '../resilience/keeper.ts';
import { entityLei } from '../resilience/register.ts';
import { sampleLei } from '../resilience/sample-lei.ts';

type Sample = {
  name: string;
  country: string;
  expense: string;
  reference: string;
  contract: string;
  started: string;
  word: string;
};

const cascade: Sample = {
  word: 'CASCADE',
  name: 'Cascade Chain Analytics Inc.',
  country: 'US',
  expense: '68000',
  reference: 'CC-2025-019',
  contract: 'Analysis of addresses and transactions',
  started: '2025-09-01',
};
const tamar: Sample = {
  word: 'TAMAR',
  name: 'Tamar Screening Ltd',
  country: 'GB',
  expense: '24500',
  reference: 'TS-2025-026',
  contract: 'Screening of names against lists',
  started: '2025-11-01',
};

type ThirdParty = { provider: string; contract: string };
export type ThirdParties = { cascade: ThirdParty; tamar: ThirdParty };

/** @param monitored the function that they serve: the monitoring of transactions. */
export const keepThirdParties = async (
  keeper: Keeper,
  monitored: string,
): Promise<ThirdParties> => ({
  cascade: await keepThirdParty(keeper, cascade, monitored),
  tamar: await keepThirdParty(keeper, tamar, monitored),
});

async function keepThirdParty(
  keeper: Keeper,
  { word, name, country, expense, reference, contract, started }: Sample,
  monitored: string,
): Promise<ThirdParty> {
  const code = sampleLei(word);
  const person = {
    person: legalPerson,
    codeType: leiCode,
    code,
    name,
    latinName: name,
    country,
    expense,
    currency: 'EUR',
  };
  const provider = await keeper.keep('provider', code, [{ facts: person }]);
  const service = 'eba_TA:S05';
  const facts = {
    reference,
    name: contract,
    type: 'eba_CO:x1',
    currency: 'EUR',
    expense,
    overseer: keeper.person('tomas'),
    signatories: [entityLei],
    providerSignatories: [provider],
    users: [{}],
    uses: [
      {
        provider,
        function: monitored,
        service,
        startsOn: started,
        storesData: true,
        dataAt: country,
        processedAt: country,
      },
    ],
    chain: [{ service, provider, rank: 1 }],
    clauses: clauses
      .filter(({ asked }) => asked === 'all')
      .map(({ id }, at) => ({ id, answer: 'met', at: `Section ${at + 2}` })),
  };
  return { provider, contract: await keeper.keep('contract', reference, [{ facts }]) };
}
