/** An access package for reading: what is held, why, for how long, who gets it, and which rights there are. */
import { minuteInUtc } from '#lib/platform/days.ts';
import { BLACK } from '#lib/persons/texts/black-out.ts';
import { blockMaker, headOf, start, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import { keptWords } from '../collect/system-retention.ts';
import type { PackageContent } from './load-content.ts';
import { notOpened, type PackageHead, type PackageValue } from './package-schema.ts';
import { toldSystems } from './told-systems.ts';
import type { Counted } from './record-pieces.ts';
import { packageSystems } from './write-access.ts';

const size = { title: 15, heading: 10.5, body: 8, detail: 6.6 };
const valueColumns = [start(40, 120), start(166, 200), start(372, 183)] as const;
const countColumns = [start(40, 130), start(176, 300), start(482, 73)] as const;

/** The typeface has no black bar, and a reading voice would not say one. */
const blackedOut = '[blacked out]';

const day = (instant: string): string => instant.slice(0, 10);

/** @returns the whole file. Movements and other records stand in the files beside it; here they are counted. */
export function accessPdf(
  head: PackageHead,
  content: PackageContent,
  counts: Counted,
): Promise<Buffer> {
  const title = 'Your personal data';
  return drawPdf({
    title: `${title}: ${head.request}`,
    subject: 'Regulation (EU) 2016/679, Article 15',
    drawnUp: new Date(head.asOf),
    blocks: (setting) => blocksOf(title, head, content, counts, setting),
    furniture: {
      top: [
        title,
        `${head.organisation}, request ${head.request}`,
        `As of ${minuteInUtc(head.asOf)}`,
      ],
      foot: 'Copy under Article 15(3) of Regulation (EU) 2016/679 (GDPR)',
    },
  });
}

function blocksOf(
  title: string,
  head: PackageHead,
  content: PackageContent,
  counts: Counted,
  setting: Setting,
): Block[] {
  const { text } = blockMaker(setting);
  const { information } = content;
  const body = { size: size.body };
  const heading = (words: string): Block =>
    text('H2', words, { size: size.heading, weight: 'strong' }, 12, 3);
  const list = (words: string, lines: readonly string[], none: string): Block[] => [
    heading(words),
    ...(lines.length === 0 ? [none] : lines).map((line) => text('P', line, body)),
  ];
  const leftOutBlocks = (lines: PackageContent['leftOut']): Block[] =>
    lines.length === 0
      ? []
      : [
          heading('What this copy leaves out'),
          text(
            'P',
            lines.every(({ ground }) => ground === notOpened)
              ? 'These are on record, and are not in it.'
              : 'Your request was granted in part: these are not in it.',
            body,
          ),
          ...lines.map(({ what, records, why }) =>
            text('P', `${what}: ${records.toLocaleString('en')}. ${why}.`, body),
          ),
        ];
  return [
    text('H1', title, { size: size.title, weight: 'strong' }, 0, 6),
    text(
      'P',
      `You asked ${head.organisation} for a copy of your personal data. This is our answer to request ${head.request}: what the systems named under “Records” held about you on ${minuteInUtc(head.asOf)}. What this copy can’t say stands at its end.`,
      body,
    ),
    text(
      'P',
      'The file your-data.json beside this one holds the same for machines, with every record that is counted here; movements.csv holds every movement on your accounts as a table. SHA256SUMS.txt has the digest of each file.',
      body,
    ),
    ...list('Your right to object', information.objection, ''),
    ...leftOutBlocks(content.leftOut),
    ...valueBlocks(content.values, setting),
    ...textBlocks(content, setting),
    ...countBlocks(counts, setting),
    ...list(
      'Why we hold it, and on which ground',
      information.purposes,
      'No purpose is on record.',
    ),
    ...list(
      'Who received it',
      information.recipients.received.map(
        ({ name, what, on }) => `${name}. ${what}${on === null ? '' : ` ${day(on)}.`}`,
      ),
      'Nobody is on record by name.',
    ),
    ...list(
      'Who may get it',
      information.recipients.mayReceive,
      'No kind of recipient is on record.',
    ),
    ...list(
      'How long we keep it',
      [
        ...information.retention,
        ...packageSystems
          .filter((code) => counts.get(code))
          .map((code) => `${toldSystems[code].name}: ${keptWords(code)}`),
      ],
      '',
    ),
    heading('Where it is from'),
    text('P', sourceWords(content.values), body),
    ...list(
      'Transfers outside the European Economic Area',
      information.transfers,
      'None is on record.',
    ),
    heading('Decisions by machines'),
    text('P', information.automatedDecisions, body),
    ...list('Your rights', information.rights, ''),
    heading('To whom you can complain'),
    text('P', information.complaint, body),
    ...list('What this copy can’t say', information.notKnown, ''),
    heading('Who is responsible'),
    text('P', `Controller: ${information.controller}`, body),
    text('P', `Data protection officer: ${information.dataProtectionOfficer}`, body),
  ];
}

/** The newest of each value; earlier ones stand in the document for machines. */
function valueBlocks(values: readonly PackageValue[], setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const body = { size: size.body };
  const newest = new Map<string, PackageValue>();
  for (const value of values)
    if ((newest.get(value.field)?.version ?? 0) < value.version) newest.set(value.field, value);
  const heading = text(
    'H2',
    'What we know about you',
    { size: size.heading, weight: 'strong' },
    12,
    3,
  );
  if (newest.size === 0)
    return [heading, text('P', 'No value is held, or none that may be told.', body)];
  const table = tableOf('What we know about you', valueColumns, [
    'What',
    'Value',
    'Since when and from where',
  ]);
  return [
    heading,
    ...headOf(table),
    ...[...newest.values()].map((one) =>
      row(table, [
        cell(`${one.label} (${one.category})`, valueColumns[0], body),
        cell(one.value.replaceAll('\n', ', '), valueColumns[1], { ...body, weight: 'strong' }),
        cell(
          `${day(one.recordedAt)}. ${one.source}.${one.version > 1 ? ' Earlier values are in your-data.json.' : ''}`,
          valueColumns[2],
          body,
        ),
      ]),
    ),
  ];
}

function textBlocks({ texts }: PackageContent, setting: Setting): Block[] {
  if (texts.length === 0) return [];
  const { text } = blockMaker(setting);
  return [
    text('H2', 'Texts about you', { size: size.heading, weight: 'strong' }, 12, 3),
    text('P', 'What is blacked out is about somebody else.', { size: size.body, quiet: true }),
    ...texts.flatMap(({ about, at, text: words }) => [
      {
        ...text(
          'P',
          at === null ? about : `${about}, ${day(at)}`,
          { size: size.body, weight: 'strong' },
          4,
          1,
        ),
        introduces: true,
      },
      ...words
        .replaceAll(BLACK, blackedOut)
        .split('\n')
        .map((line) => text('P', line === '' ? ' ' : line, { size: size.body })),
    ]),
  ];
}

function countBlocks(counts: Counted, setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const body = { size: size.body };
  const table = tableOf('Records', countColumns, ['Where', 'What', 'Records']);
  return [
    text('H2', 'Records', { size: size.heading, weight: 'strong' }, 12, 3),
    ...headOf(table),
    ...packageSystems.map((code) => {
      const { name, what } = toldSystems[code];
      return row(table, [
        cell(name, countColumns[0], { ...body, weight: 'strong' }),
        cell(what, countColumns[1], body),
        cell((counts.get(code) ?? 0).toLocaleString('en'), countColumns[2], body),
      ]);
    }),
  ];
}

function sourceWords(values: readonly PackageValue[]): string {
  const sources = [...new Set(values.map(({ source }) => source))];
  const records =
    'Records of what happened come from our own books, from the chains and from the banks that we work with.';
  return sources.length === 0
    ? records
    : `Of each value it stands beside it: ${sources.join('; ')}. ${records}`;
}
