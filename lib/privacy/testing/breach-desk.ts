/** Breaches at a request desk, from the first word to the last, for database tests. */
import { valueOf } from '#lib/identity/testing/people.ts';
import { fieldOf, type DeskPerson } from '#lib/incidents/testing/incident-desk.ts';
import type { Result } from '#lib/platform/result.ts';
import { saveRecord } from '#lib/resilience/records/save-record.ts';
import { partySample, privacyTexts } from '#lib/resilience/testing/privacy-samples.ts';
import type { RiskFactors } from '../breaches/risk.ts';
import {
  assessBreach,
  confirmBreach,
  describeBreach,
  proposeDismissal,
} from '../breaches/move-breach.ts';
import { openBreach } from '../breaches/open-breach.ts';
import { prepareBreachStep } from '../breaches/prepare-step.ts';
import { submitBreachStep } from '../breaches/submit-step.ts';
import type { RequestDesk } from './request-desk.ts';

export const opening = (desk: RequestDesk) => ({
  source: 'own',
  noticedAt: fieldOf(desk.context.clock()),
  processor: '',
  toldAt: '',
  incident: '',
  description: 'A list of clients went to the wrong address.',
});

/** A breach that Ben, an officer, reported just now. */
export const reported = async (desk: RequestDesk, more: Record<string, string> = {}) =>
  valueOf(await openBreach(desk.people.ben.actor, { ...opening(desk), ...more }, desk.context));

/** The same, confirmed by Dora as of the instant at which it was noticed: two events. */
export async function confirmed(desk: RequestDesk, more: Record<string, string> = {}) {
  const breach = await reported(desk, more);
  const awareAt = fieldOf(desk.context.clock());
  const reasons = 'The recipient wrote back that they have it.';
  const { actor } = desk.people.dora;
  valueOf(await confirmBreach(actor, { id: breach.id, seen: '1', awareAt, reasons }, desk.context));
  return breach;
}

export const describing = {
  kinds: ['confidentiality'],
  groups: ['client'],
  categories: ['identity', 'contact'],
  persons: '40-60',
  records: '60',
  systems: '',
  readability: 'readable',
  cause: 'human-error',
  states: ['AT'],
  nature: 'An export of client names went to a person outside.',
  consequences: 'Persons may get messages that nobody asked for.',
  measures: 'The recipient deleted it and confirmed that in writing.',
};
/** What the persons are told beside the letter (Art 34(2)); where to ask is added from the register. */
export const plain = {
  consequences: 'You may get messages that look as if we had written them.',
  measures: 'The list was deleted. Please open no links in such messages.',
};
export const described = async (desk: RequestDesk, id: string, seen: number) =>
  valueOf(
    await describeBreach(
      desk.people.dora.actor,
      { id, seen: `${seen}`, ...describing },
      desk.context,
    ),
  );

const mild: Record<Exclude<keyof RiskFactors, never>, string> = {
  data: 'simple',
  recognition: 'limited',
  disclosure: 'known',
  change: 'none',
  outage: 'none',
  crowd: 'few',
  isMalicious: 'no',
  isVulnerable: 'no',
  isUnintelligible: 'no',
  likelihood: 'remote',
};
/** Factors of a breach from which a high risk is likely. */
export const severe = {
  data: 'sensitive',
  recognition: 'maximum',
  disclosure: 'unknown',
  likelihood: 'likely',
};
/** No risk is likely by these factors, unless others are given. */
export const assessed = async (
  desk: RequestDesk,
  id: string,
  seen: number,
  more: Record<string, string> = {},
) =>
  assessBreach(
    desk.people.dora.actor,
    { id, seen: `${seen}`, ...mild, risk: '', reasons: '', ...more },
    desk.context,
  );

/** Found to be none: Dora proposes it, and Ada decides it with her key. */
export async function dismissed(desk: RequestDesk, id: string, seen: number, reasons: string) {
  const { dora, ada } = desk.people;
  valueOf(await proposeDismissal(dora.actor, { id, seen: `${seen}`, reasons }, desk.context));
  const deciding = { id, seen: `${seen + 1}`, step: 'dismissal-approved' };
  return valueOf(await pressBreach(desk, ada, deciding));
}

/** From the button to the record, with the person's key pressed in between. */
export async function pressBreach(
  { context }: Pick<RequestDesk, 'context'>,
  { actor, key }: DeskPerson,
  input: object,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Result<{ seq: number }>> {
  const prepared = await prepareBreachStep(actor, input, context);
  if (!prepared.ok) return prepared;
  await between();
  const { nonce, options } = prepared.value;
  const assertion = key.assert({ challenge: options.challenge, origin: context.settings.origin });
  return submitBreachStep(actor, { nonce, assertion }, context);
}

/** Puts the data protection officer on record, so that a notification can say where to ask. */
export const withContact = async ({ people, context }: RequestDesk) =>
  valueOf(
    await saveRecord(
      people.mia.actor,
      {
        kind: 'party',
        id: null,
        seen: 0,
        facts: { ...partySample, role: 'dpo', name: null, code: null },
        texts: { ...privacyTexts.party, name: 'Dora Weiss' },
      },
      context,
    ),
  );
