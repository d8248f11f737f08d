/** Whether the parties hold the same, in one sentence. Pure. */
import { inWords } from './policy-words.ts';
import type { PartyStatusView, PartyView } from './view-parties.ts';

/** What parties must hold alike before any of them signs. */
export type HeldAlike = 'roster' | 'policy' | 'freezes';

export type Agreement = {
  state: 'agree' | 'some-silent' | 'differ' | 'none-answers';
  sentence: string;
  differing: HeldAlike[];
};

const nouns: Readonly<Record<HeldAlike, string>> = {
  roster: 'roster',
  policy: 'policy',
  freezes: 'freezes',
};

/** One text per content, so that equal texts mean equal content. */
const held: Readonly<Record<HeldAlike, (status: PartyStatusView) => string>> = {
  roster: ({ heads }) => heads.roster ?? '',
  policy: ({ heads }) => heads.policy ?? '',
  freezes: ({ freezes }) =>
    freezes
      .map(({ operation }) => operation)
      .sort()
      .join(' '),
};

type Answering = { name: string; status: PartyStatusView };

/** "control and custody hold one, recovery another" */
function campsOf(parties: readonly Answering[], what: HeldAlike): string[] {
  return [...Map.groupBy(parties, ({ status }) => held[what](status)).values()].map((camp) =>
    inWords(camp.map(({ name }) => name)),
  );
}

function differenceOf(parties: readonly Answering[], what: HeldAlike): string | null {
  const camps = campsOf(parties, what);
  if (camps.length < 2) return null;
  return `They differ in the ${nouns[what]}: ${camps.join(', against ')}.`;
}

const isNot = (names: readonly string[], one: string, many: string): string =>
  names.length === 1 ? `Party ${inWords(names)} ${one}.` : `Parties ${inWords(names)} ${many}.`;

/** @param parties all of them; a cold one has no network and is not looked at. */
export function describeAgreement(parties: readonly PartyView[]): Agreement {
  const asked = parties.filter(({ isCold }) => !isCold);
  const answering = asked.flatMap(({ name, status }) => (status ? [{ name, status }] : []));
  const away = asked.filter(({ status }) => !status);
  const silent = away.filter(({ expected }) => expected === 'online').map(({ name }) => name);
  const off = away.filter(({ expected }) => expected === 'offline').map(({ name }) => name);
  if (answering.length === 0)
    return { state: 'none-answers', sentence: 'No party answers.', differing: [] };
  const kinds = ['roster', 'policy', 'freezes'] as const;
  const differences = kinds.flatMap((what) => {
    const sentence = differenceOf(answering, what);
    return sentence === null ? [] : [{ what, sentence }];
  });
  const unheard =
    silent.length === 0 ? '' : ` ${isNot(silent, 'does not answer', 'do not answer')}`;
  if (differences.length > 0)
    return {
      state: 'differ',
      sentence: `${differences.map(({ sentence }) => sentence).join(' ')} They sign nothing until they hold the same.${unheard}`,
      differing: differences.map(({ what }) => what),
    };
  const count = answering.length;
  const resting = off.length === 0 ? '' : ` ${isNot(off, 'is off', 'are off')}`;
  if (count === asked.length)
    return { state: 'agree', sentence: `All ${count} parties agree.`, differing: [] };
  const who = count === 1 ? 'One party answers.' : `${count} of ${asked.length} parties agree.`;
  return {
    state: silent.length === 0 ? 'agree' : 'some-silent',
    sentence: `${who}${unheard}${resting}`,
    differing: [],
  };
}
