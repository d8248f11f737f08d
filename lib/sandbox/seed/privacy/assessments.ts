/** Impact assessments, notices and the consent of the sample organisation. */
import { createHash } from 'node:crypto';
import { keysOf } from '#lib/resilience/codes.ts';
import { noticePieces } from '#lib/resilience/kinds/notice-words.ts';
import { idIn, type Ids } from '../resilience/contracts.ts';
import type { Keeper, Texts, Version } from '../resilience/keeper.ts';
import { dayAgo } from '../sample-times.ts';

const by = 'sofia';

type Sample = {
  name: string;
  activity: string;
  owner: string;
  risks: readonly (readonly [
    risk: string,
    likelihood: number,
    impact: number,
    measure: string,
    left: number,
    leftImpact: number,
  ])[];
  texts: Texts;
  advice: string;
};

const samples: readonly Sample[] = [
  {
    name: 'Chain analytics',
    activity: 'travel-rule',
    owner: 'tomas',
    risks: [
      [
        'An address is tied to the wrong person, whose transfer is held',
        3,
        4,
        'A person decides on each hit; the reason is told where the law allows',
        2,
        3,
      ],
      [
        'All transactions of a client become known to the provider',
        3,
        4,
        'Addresses only, through a relay, never a name',
        2,
        3,
      ],
      [
        'People on the other side never learn of it',
        4,
        2,
        'The notice for transfers tells of it',
        3,
        2,
      ],
    ],
    texts: {
      description:
        'Addresses of incoming and outgoing transfers are scored by a provider in the United States and one in the Union, to monitor transactions as the law asks.',
      necessity:
        'The law asks for monitoring; scores for addresses do it without names. Asking for each address by hand would hold transfers for days.',
      measures:
        'A relay without names, a person who decides, short lists of who sees hits, deletion by rule.',
      views:
        'Two clients with many transfers were asked; both wanted to be told why a transfer is held.',
    },
    advice:
      'Monitoring on a large scale: the assessment is needed. Go on while names stay here; look at it again with every new provider or list.',
  },
  {
    name: 'Screening of clients',
    activity: 'onboarding',
    owner: 'sofia',
    risks: [
      [
        'A client is refused because of a namesake',
        3,
        4,
        'Date and place of birth are compared before anybody decides',
        1,
        4,
      ],
      [
        'Notes on political exposure are seen by too many',
        3,
        3,
        'Only compliance opens them, each look with its purpose',
        2,
        2,
      ],
    ],
    texts: {
      description:
        'Names of clients and those behind them are compared with lists of sanctions and public offices before they are accepted, and daily after that.',
      necessity:
        'The law asks for it; the name, birth date and country are the least that tells people apart.',
      measures: 'Only compliance sees hits, each look is on record, and a person decides.',
    },
    advice:
      'The comparison is bound by law. Tell people in the notice, and look at refusals twice a year.',
  },
];

/**
 * Written by the management, advised on by the data protection officer and approved by a third. A house whose officer
 * is not in the console has drafts, and findings that say so.
 * @param officer handle of the data protection officer; null where the house has none in the console.
 */
export async function keepAssessments(
  keeper: Keeper,
  activities: Ids,
  officer: string | null,
): Promise<void> {
  const day = (days: number) => dayAgo(days, keeper.context);
  for (const { name, activity, owner, risks, texts, advice } of samples) {
    const draft = {
      name,
      state: 'draft',
      owner: keeper.person(owner),
      activities: [idIn(activities, activity)],
      risks: risks.map(
        ([risk, likelihood, impact, measure, residualLikelihood, residualImpact]) => ({
          risk,
          likelihood,
          impact,
          measure,
          residualLikelihood,
          residualImpact,
        }),
      ),
      assessedOn: day(0),
      reviewOn: day(-360),
    };
    const versions: Version[] = [{ by, facts: draft, texts }];
    if (officer !== null) {
      const advised = { ...draft, advisedBy: keeper.person(officer), advisedOn: day(0) };
      versions.push(
        { by: officer, facts: advised, texts: { advice } },
        {
          by: 'ada',
          facts: {
            ...advised,
            state: 'approved',
            approvedBy: keeper.person('ada'),
            approvedOn: day(0),
          },
        },
      );
    }
    await keeper.keep('dpia', name, versions);
  }
}

/** The digest of the text of a sample notice, which is its name and edition. */
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** One for clients in two editions, one for staff that still lacks a piece. */
export async function keepNotices(keeper: Keeper, activities: Ids): Promise<Map<string, string>> {
  const day = (days: number) => dayAgo(days, keeper.context);
  const edition = (name: string, number: string, days: number) => ({
    edition: number,
    inForceFrom: day(days),
    digest: digestOf(`${name} ${number}`),
    at: `Archive of notices, ${name}, edition ${number}`,
  });
  const keep = (name: string, facts: object, texts: Texts) =>
    keeper.keep('notice', name, [
      {
        by,
        facts: { name, state: 'in-force', language: 'en', reviewOn: day(-150), ...facts },
        texts,
      },
    ]);
  const pieces = keysOf(noticePieces);
  return new Map([
    [
      'clients',
      await keep(
        'Notice for clients',
        {
          audience: [
            'clients',
            'representatives',
            'beneficial-owners',
            'transfer-parties',
            'complainants',
            'prospects',
          ],
          source: 'both',
          hasInterests: false,
          hasTransfers: true,
          hasConsent: true,
          pieces,
          editions: [
            edition('Notice for clients', '1', 700),
            edition('Notice for clients', '2', 210),
          ],
          activities: ['onboarding', 'custody', 'travel-rule', 'complaints', 'marketing'].map(
            (key) => idIn(activities, key),
          ),
        },
        { note: 'Edition 2 tells of chain analytics and of screening outside the Union.' },
      ),
    ],
    [
      'staff',
      await keep(
        'Notice for staff',
        {
          audience: ['staff'],
          source: 'person',
          hasInterests: true,
          hasTransfers: false,
          hasConsent: false,
          pieces: pieces.filter((piece) => piece !== 'complaint'),
          editions: [edition('Notice for staff', '1', 400)],
          activities: [idIn(activities, 'access')],
        },
        {},
      ),
    ],
  ]);
}

/** Who agreed stands in the vault of people; here is what they agreed to. */
export async function keepConsent(keeper: Keeper, activities: Ids, notices: Ids): Promise<void> {
  const name = 'News about services';
  await keeper.keep('consent', name, [
    {
      by,
      facts: {
        name,
        state: 'active',
        activity: idIn(activities, 'marketing'),
        notice: idIn(notices, 'clients'),
        field: 'marketing-consent',
        wordings: [{ version: '1', usedFrom: dayAgo(700, keeper.context) }],
        reviewOn: dayAgo(-150, keeper.context),
      },
      texts: {
        purpose: 'To tell people about services of the house, a few times a year.',
        wording: 'I want to be told about services by e-mail. I can take this back at any time.',
        withdrawal:
          'By the link in each message, in the account, or by telephone: one step, as it was given.',
      },
    },
  ]);
}
