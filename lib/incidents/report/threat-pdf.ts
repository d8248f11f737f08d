/** A notification of a cyber threat as PDF for people. The same values give the same bytes. */
import { blockMaker, headOf, start, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import { THREAT_FIELDS } from './fields-threat.ts';
import { readInstant } from './knowledge.ts';
import { longTexts } from './long-texts.ts';
import { readThreatValue, type ThreatValues } from './threat-notification.ts';

const columns = [start(40, 32), start(78, 150), start(234, 321)] as const;
const body = { size: 8 };
export function threatPdf(
  values: ThreatValues,
  { number, at }: { number: string; at: string },
): Promise<Buffer> {
  const title = `Significant cyber threat ${number}: notification`;
  return drawPdf({
    title,
    subject: 'Implementing Regulation (EU) 2025/302, Annex III',
    drawnUp: new Date(at),
    blocks: (setting) => blocksOf(values, title, at, setting),
    furniture: {
      top: [title, 'As drafted in the console'],
      foot: `Field numbers of Implementing Regulation (EU) 2025/302, Annex III, as of ${readInstant(at)}`,
    },
  });
}

function blocksOf(values: ThreatValues, title: string, at: string, setting: Setting): Block[] {
  const { text, place, row, cell, tableOf } = blockMaker(setting);
  const pieces = longTexts(place, columns[2], body);
  const table = tableOf('Fields', columns, ['No.', 'Field', 'Value']);
  return [
    text('H1', title, { size: 15, weight: 'strong' }, 0, 6),
    text('P', `Voluntary notification (DORA, Art 19(2)). As of ${readInstant(at)}.`, body),
    ...headOf(table),
    ...THREAT_FIELDS.flatMap((field) =>
      pieces(readThreatValue(field, values[field.no]), false).map((lines, piece) =>
        row(table, [
          cell(piece === 0 ? String(field.no) : '', columns[0], body),
          cell(piece === 0 ? field.name : '', columns[1], body),
          { tag: 'TD', lines },
        ]),
      ),
    ),
  ];
}
