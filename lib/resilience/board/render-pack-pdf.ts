/**
 * A pack as PDF for the board: the figures, tables and bars of each section, who signed it with which key, and the
 * digest of what was signed on each page. The same pack and signatures give the same bytes.
 */
import { minuteInUtc } from '#lib/platform/days.ts';
import {
  blockMaker,
  end,
  headOf,
  page,
  start,
  type Bar,
  type Block,
  type Column,
  type Setting,
} from '#lib/platform/pdf/blocks.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import { decisionWords, standingWords } from './decision-words.ts';
import type { PackFile, SignatureView } from './load-pack.ts';
import { packSections } from './pack-sections.ts';
import { quarterWords } from './quarter.ts';
import type { PackFigure, PackSection, PackTable } from './section.ts';

const size = { title: 15, heading: 10.5, part: 8.5, body: 7.6 };
const bar = { width: 90, height: 6, gap: 8 };
const room = page.right - page.left;

/** @returns the whole file. */
export function packPdf(file: PackFile): Promise<Buffer> {
  const { number, pack, digest, madeAt, standing, signatures } = file;
  const title = `Board pack ${number}: ${quarterWords(pack.quarter)}`;
  // Signatures come after the pack; the file says the time of the newest thing in it.
  const newest = signatures.at(-1)?.signedAt ?? madeAt;
  return drawPdf({
    title,
    subject: `Pack SHA-256 ${digest}`,
    drawnUp: new Date(newest),
    blocks: (setting) => packBlocks(file, title, setting),
    furniture: {
      top: [
        title,
        `${pack.organisation} · ${standingWords[standing]}`,
        `Digest of the pack ${digest}`,
      ],
      foot: `Figures as of ${minuteInUtc(pack.asOf)}. DORA Art 5`,
    },
  });
}

function packBlocks(file: PackFile, title: string, setting: Setting): Block[] {
  const { text } = blockMaker(setting);
  const { pack, by, madeAt, digest, standing, approvedAt } = file;
  const body = { size: size.body };
  return [
    text('H1', title, { size: size.title, weight: 'strong' }, 0, 6),
    text(
      'P',
      `${pack.organisation}${pack.environment === 'sandbox' ? ' (sandbox)' : ''}, ${pack.from} to ${pack.until}. Made by ${by} on ${minuteInUtc(madeAt)}.`,
      body,
    ),
    text(
      'P',
      approvedAt === null
        ? `${standingWords[standing]}. It is approved once somebody other than its maker approves it.`
        : `Approved on ${minuteInUtc(approvedAt)}.`,
      body,
    ),
    text('P', `Digest of the pack (SHA-256): ${digest}`, body, 0, 6),
    ...packSections(pack).flatMap((section) => sectionBlocks(section, setting)),
    ...signatureBlocks(file.signatures, setting),
  ];
}

function sectionBlocks(
  { title, article, figures, tables }: PackSection,
  setting: Setting,
): Block[] {
  const { text } = blockMaker(setting);
  return [
    text('H2', title, { size: size.heading, weight: 'strong' }, 12, 1),
    { ...text('P', article, { size: size.body, quiet: true }, 0, 3), introduces: true },
    ...figureBlocks(title, figures, setting),
    ...tables.flatMap((one) => tableBlocks(one, setting)),
  ];
}

const figureColumns = [start(page.left, 220), end(268, 90), start(370, 185)] as const;

function figureBlocks(title: string, figures: readonly PackFigure[], setting: Setting): Block[] {
  const { row, cell, tableOf } = blockMaker(setting);
  const of = tableOf(`Figures: ${title}`, figureColumns, ['Figure', 'Value', 'Note']);
  return [
    ...headOf(of),
    ...figures.map(({ label, value, note, tone }) =>
      row(of, [
        cell(label, figureColumns[0], { size: size.body }),
        cell(value, figureColumns[1], { size: size.body, weight: 'strong' }),
        cell(tone === 'quiet' ? note : `To look at. ${note}`.trim(), figureColumns[2], {
          size: size.body,
          weight: tone === 'quiet' ? 'regular' : 'strong',
        }),
      ]),
    ),
  ];
}

/** Equal columns, but for the last of several that hold words, beside which the bars stand. */
function columnsOf({ heads, ends, rows }: PackTable): { columns: Column[]; barAt: number } {
  const hasBars = rows.some(({ share }) => share !== null);
  const width = hasBars ? room - bar.width - bar.gap : room;
  // A column of words is worth two of figures.
  const weights = heads.map((_, place) => (ends.includes(place) ? 1 : 2));
  const all = weights.reduce((sum, one) => sum + one, 0);
  let x = page.left;
  const columns = weights.map((weight, place) => {
    const wide = (width * weight) / all;
    const column = ends.includes(place) ? end(x, wide - 8) : start(x, wide - 8);
    x += wide;
    return column;
  });
  return { columns, barAt: page.left + width + bar.gap };
}

function tableBlocks(of: PackTable, setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const { columns, barAt } = columnsOf(of);
  const made = tableOf(of.title, columns, of.heads);
  const body = { size: size.body };
  const bars = (share: number): Bar[] => {
    const track = {
      x: barAt,
      y: 2.5,
      width: bar.width,
      height: bar.height,
      tone: 'track',
    } as const;
    const full = Math.min(1, Math.max(0, share)) * bar.width;
    return full === 0 ? [track] : [track, { ...track, width: full, tone: 'full' }];
  };
  const rows = of.rows.map(({ cells, share }) =>
    row(
      made,
      columns.map((column, place) => ({
        ...cell(cells[place] ?? '', column, body),
        ...(place === columns.length - 1 && share !== null ? { bars: bars(share) } : {}),
      })),
    ),
  );
  return [
    text('H3', of.title, { size: size.part, weight: 'strong' }, 6, 1),
    ...(rows.length === 0 ? [text('P', of.empty, { ...body, quiet: true })] : headOf(made)),
    ...rows,
    ...(of.more === '' ? [] : [text('P', of.more, { ...body, quiet: true })]),
  ];
}

const signatureColumns = [
  start(page.left, 90),
  start(138, 100),
  start(246, 160),
  start(414, 141),
] as const;

function signatureBlocks(signatures: readonly SignatureView[], setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const heading = text('H2', 'Signatures', { size: size.heading, weight: 'strong' }, 12, 3);
  if (signatures.length === 0)
    return [heading, text('P', 'Nobody has signed it yet.', { size: size.body, quiet: true })];
  const of = tableOf('Signatures', signatureColumns, [
    'Who',
    'Decision',
    'Conditions',
    'Key and time',
  ]);
  return [
    heading,
    ...headOf(of),
    ...signatures.map((one) =>
      row(of, [
        cell(`${one.name}${one.isMaker ? ' (made the pack)' : ''}`, signatureColumns[0], {
          size: size.body,
        }),
        cell(decisionWords[one.decision], signatureColumns[1], { size: size.body }),
        cell(one.conditions ?? 'None', signatureColumns[2], { size: size.body }),
        cell(
          `${one.keyLabel === '' ? 'Key' : one.keyLabel} ${one.credentialId.slice(0, 16)}, ${minuteInUtc(one.signedAt)}`,
          signatureColumns[3],
          { size: size.body },
        ),
      ]),
    ),
  ];
}
