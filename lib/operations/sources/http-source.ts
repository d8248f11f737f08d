/** Prices, verdicts, standings and shortfalls over HTTP; every answer is verified before anybody sees it. */
import { ok, refuse, type Refused } from '#lib/platform/result.ts';
import type { FactSource, Policy } from '#lib/protocol/policy.ts';
import { signedFact, type FactSubject } from '#lib/protocol/signed-facts.ts';
import { findFactFault } from './check-fact.ts';
import { postJson } from './post-json.ts';
import {
  sourceSentences,
  type PriceSource,
  type Said,
  type ScreeningProvider,
  type ShortfallSource,
  type SourceFault,
  type StandingSource,
} from './source.ts';

/** Somebody waits for the page, or an operation for its turn. */
const timeoutMs = 2_000;

export type HttpSource = PriceSource & ScreeningProvider & StandingSource & ShortfallSource;

export type SourceQuestion = {
  type: 'countersign/fact-request/v1';
  organisation: string;
  environment: string;
  source: string;
  fact: FactSource['fact'];
} & ({ asset: string } | { chain: string; address: string } | { client: string });

const no = (fault: SourceFault): Refused<SourceFault> => refuse(fault, sourceSentences[fault]);

const nothing: FactSubject = { asset: null, client: null, destination: null };

type Asked = { url: string; source: FactSource; policy: Policy; now: () => Date };

/** An answer counts when the policy's own check takes it as known: form, source, signature, age. */
async function ask(
  { url, source, policy, now }: Asked,
  about: { asset: string } | { chain: string; address: string } | { client: string },
  subject: FactSubject,
): Promise<Said> {
  const { organisation, environment } = policy;
  const question: SourceQuestion = {
    type: 'countersign/fact-request/v1',
    organisation,
    environment,
    source: source.name,
    fact: source.fact,
    ...about,
  };
  const answer = await postJson(url, question, timeoutMs);
  if (!answer.ok) return answer;
  const parsed = signedFact.safeParse(answer.value);
  if (!parsed.success) return no('source-answer-invalid');
  const fault = findFactFault(parsed.data, { source, policy, subject, now: now() });
  return fault === null ? ok(parsed.data) : no(fault);
}

/** @param of.policy the one that names the source and its key. */
export const httpSource = (of: Asked): HttpSource => ({
  price: ({ asset }) => ask(of, { asset }, { ...nothing, asset }),
  screen: ({ chain, address }) =>
    ask(of, { chain, address }, { ...nothing, destination: { chain, address } }),
  standing: ({ client }) => ask(of, { client }, { ...nothing, client }),
  shortfall: ({ asset }) => ask(of, { asset }, { ...nothing, asset }),
});
