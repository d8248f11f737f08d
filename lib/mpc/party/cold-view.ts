/** What lies on a cold party's desk, in words: page and terminal show the same. */
import { operationBundle } from '#lib/protocol/bundle.ts';
import { intentDigest } from '#lib/protocol/intent.ts';
import { travelWords } from '#lib/protocol/travel/travel-document.ts';
import { travelSentence } from '#lib/protocol/travel/refusals.ts';
import { refusalSentence } from '../refusals.ts';
import type { RoundRequest } from '../wire/cold-documents.ts';
import type { Brought, ColdDesk, Leaving, OnDesk } from './cold-desk.ts';
import type { Party } from './party.ts';
import { operationView } from './view/operation-view.ts';
import { shown, utc, type Fact, type Section } from './view/section.ts';

export type DeskView = {
  heading: string;
  lead: string;
  /** What this party makes of it; null where nothing lies here. */
  answer: Fact | null;
  sections: Section[];
};

const documentSection = ({ document, digest }: Pick<OnDesk, 'document' | 'digest'>): Section => ({
  title: 'The document',
  lead: 'Whoever brought it read the same twelve words at the console. Other words mean another document.',
  facts: [
    { term: 'Words', text: travelWords(digest).join(' '), as: 'words' },
    { term: 'Digest', text: digest, as: 'digest' },
    { term: 'Trip', text: `${document.trip.slice(0, 8)}, step ${document.step}` },
    { term: 'Made', text: utc(document.madeAt) },
    { term: 'Counts until', text: utc(document.expiresAt) },
  ],
});

const leavingSection = ({ digest, fileName, backup }: Leaving): Section => ({
  title: 'The answer',
  lead: 'The console shows the same twelve words once it has read it.',
  facts: [
    { term: 'Words', text: travelWords(digest).join(' '), as: 'words' },
    { term: 'Digest', text: digest, as: 'digest' },
    { term: 'File', text: fileName, as: 'code' },
    ...(backup
      ? [
          {
            term: 'Sealed share',
            text: backup.name,
            as: 'code' as const,
            notes: [
              'It opens only with parts of this party’s custodians. Keep three copies at different sites.',
            ],
          },
        ]
      : []),
  ],
});

/** What each step of a ceremony does here. */
const steps: Readonly<Record<string, string>> = {
  status: 'Say who this party is and which keys it holds.',
  offerGenesis:
    'Look at a genesis. It counts only once a person pins it at the page of this party.',
  adopt: 'Take over a change that people stated.',
  no: 'Take over a rejection.',
  keyLook: 'Say what this party holds of a key.',
  ceremonyBegin: 'Begin to make a key: promise a part of it.',
  ceremonyReveal: 'Make a key: show the part that was promised.',
  ceremonyDeal: "Make a key: deal the other parties' shares, each readable by one of them.",
  ceremonyFinish: 'Make a key: take the shares of the others and store the own one.',
  ceremonyConfirm: 'Make a key: confirm that all saw the same. From here on the share stays.',
  ceremonyActivate: 'Make a key: put it to use.',
};

const groups: readonly (readonly [RegExp, string])[] = [
  [/^refresh/u, 'Give every party of a key a new share; the address stays.'],
  [/^repair/u, 'Give a party its lost share back.'],
  [/^backup/u, 'Seal a share for the custodians of its backup.'],
];

function stepFact({ method, request }: RoundRequest['calls'][number], place: number): Fact {
  const known = steps[method] ?? groups.find(([pattern]) => pattern.test(method))?.[1];
  const key =
    typeof request === 'object' && request !== null && 'key' in request ? request.key : null;
  const notes = typeof key === 'string' ? [`Key ${shown(key)}`] : [];
  return { term: `Step ${place + 1}`, text: known ?? shown(method), notes };
}

/** The operation that a request is about, as this party reads it for itself. */
function operationSections(party: Party, candidate: unknown): Section[] {
  const parsed = operationBundle.safeParse(candidate);
  if (!parsed.success || !party.trust) return [];
  const bundle = parsed.data;
  const digest = intentDigest(bundle.intent);
  const { operation } = bundle.intent;
  const seenAt = party.now().toISOString();
  const presented = { operation, intentDigest: digest, bundle, transaction: null, seenAt };
  return operationView(party, party.trust, presented).sections;
}

function roundView(party: Party, onDesk: Extract<OnDesk, { kind: 'round' }>): DeskView {
  const { calls } = onDesk.request;
  const asked = calls.flatMap(({ request }) =>
    typeof request === 'object' && request !== null && 'bundle' in request
      ? operationSections(party, request.bundle)
      : [],
  );
  return {
    heading: 'A step of a ceremony',
    lead: 'Read what is asked for, compare the words, and let it be taken. No share and no secret leaves in the clear.',
    answer: { term: 'Waits for you', text: 'Nothing was done yet.', mark: 'caution' },
    sections: [
      documentSection(onDesk),
      { title: 'What this party is asked to do', facts: calls.map(stepFact) },
      ...asked,
    ],
  };
}

function signingView(party: Party, onDesk: Extract<OnDesk, { kind: 'signing' }>): DeskView {
  const { prepared, request } = onDesk.judged;
  const { bundle, digest } = prepared.decided;
  const { trust } = party;
  const { operation } = bundle.intent;
  const { transaction } = request;
  const seenAt = party.now().toISOString();
  const presented = { operation, intentDigest: digest, bundle, transaction, seenAt };
  const view = trust && operationView(party, trust, presented);
  return {
    heading: view?.headline ?? 'A transaction to sign',
    lead: 'As this party reads it for itself, on a machine that no network reaches. Compare amount and address with what you know from elsewhere than the console.',
    answer: {
      term: 'This party would sign',
      text: 'Every statement is there and policy allows it.',
      notes: ['It waits for one key press of its own group, by somebody who did not raise it.'],
      mark: 'good',
    },
    sections: [documentSection(onDesk), ...(view?.sections ?? [])],
  };
}

function broughtView(brought: Exclude<Brought, { state: 'open' }>): DeskView {
  switch (brought.state) {
    case 'answered':
      return {
        heading: 'Answered',
        lead: 'Take the answer back as a file or as codes.',
        answer: { term: 'Done', text: 'The answer is ready.', mark: 'good' },
        sections: [leavingSection(brought.leaving)],
      };
    case 'refused':
      return {
        heading: 'Refused',
        lead: 'This party does not take part. The refusal can be taken back like an answer, so that the console shows it.',
        answer: {
          term: brought.refusal,
          text: refusalSentence(brought.refusal),
          notes: brought.culprit === null ? [] : [`It blames ${shown(brought.culprit)}.`],
          mark: 'danger',
        },
        sections: [leavingSection(brought.leaving)],
      };
    case 'unreadable':
      return {
        heading: 'Not taken',
        lead: 'Nothing was done with it.',
        answer: {
          term: brought.refusal,
          text: travelSentence(brought.refusal),
          mark: 'danger',
        },
        sections: [],
      };
  }
}

/** @returns null where nothing was read yet. */
export function deskView({ party, shown: brought }: ColdDesk): DeskView | null {
  if (!brought) return null;
  if (brought.state !== 'open') return broughtView(brought);
  const { onDesk } = brought;
  return onDesk.kind === 'signing' ? signingView(party, onDesk) : roundView(party, onDesk);
}
