/**
 * A report as PDF for people: every field with its number, by section. Not what is sent, which is the
 * document; its digest stands on each page. The same values give the same bytes.
 */
import { blockMaker, headOf, start, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import { reportDigest } from './digest.ts';
import type { ReportValues } from './field-types.ts';
import { SUBMISSION_WORDS } from './fields.ts';
import { readInstant } from './knowledge.ts';
import { longTexts } from './long-texts.ts';
import { readValues, type ReadField } from './read-values.ts';

export type ReportPrint = {
  values: ReportValues;
  /** The instant that the print states, ISO 8601: of the submission, or of the draft's last change. */
  at: string;
  /** What it is, such as "Draft, not submitted" or "Submitted on 2 March 2026, 12:00 UTC". */
  standing: string;
};

const size = { title: 15, heading: 10.5, body: 8 };
const columns = [start(40, 32), start(78, 150), start(234, 321)] as const;

/** @returns the whole file. */
export function reportPdf({ values, at, standing }: ReportPrint): Promise<Buffer> {
  const digest = reportDigest(values);
  const submission = values['1.1'];
  const kind =
    (typeof submission === 'string' && Object.hasOwn(SUBMISSION_WORDS, submission)
      ? SUBMISSION_WORDS[submission]
      : undefined) ?? 'report';
  const reference = typeof values['2.1'] === 'string' ? values['2.1'] : 'without reference';
  const title = `Major ICT-related incident ${reference}: ${kind}`;
  return drawPdf({
    title: title.slice(0, 300),
    subject: `Document SHA-256 ${digest}`,
    drawnUp: new Date(at),
    blocks: (setting) => reportBlocks({ values, at, standing }, title, digest, setting),
    furniture: {
      top: [title.slice(0, 120), standing.slice(0, 120), `Digest of the document ${digest}`],
      foot: `Field numbers of Implementing Regulation (EU) 2025/302, as of ${readInstant(at)}`,
    },
  });
}

function reportBlocks(
  { values, at, standing }: ReportPrint,
  title: string,
  digest: string,
  setting: Setting,
): Block[] {
  const { text, place, row, cell, tableOf } = blockMaker(setting);
  const body = { size: size.body };

  const pieces = longTexts(place, columns[2], body);

  return [
    text('H1', title, { size: size.title, weight: 'strong' }, 0, 6),
    text('P', `${standing}. As of ${readInstant(at)}.`, body),
    text('P', `Digest of the document (SHA-256): ${digest}`, body),
    ...readValues(values).flatMap(({ words, fields }) => {
      const table = tableOf(words, columns, ['No.', 'Field', 'Value']);
      const rows = ({ field, words: value, isFilled }: ReadField) =>
        pieces(value, !isFilled).map((lines, piece) =>
          row(table, [
            cell(piece === 0 ? field.no : '', columns[0], body),
            cell(piece === 0 ? field.name : '', columns[1], body),
            { tag: 'TD', lines },
          ]),
        );
      return [
        text('H2', words, { size: size.heading, weight: 'strong' }, 12, 3),
        ...headOf(table),
        ...fields.flatMap(rows),
      ];
    }),
  ];
}
