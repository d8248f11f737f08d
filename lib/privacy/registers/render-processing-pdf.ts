/**
 * The record of processing as PDF for the authority: each activity with the parts of Art 30(1) by their letters. The
 * same record gives the same bytes.
 */
import { blockMaker, headOf, start, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { drawRegister } from '../register-pdf.ts';
import {
  notSaid,
  partsOf,
  type ProcessingActivity,
  type ProcessingRecord,
} from './processing-record.ts';

const size = { title: 15, heading: 10.5, body: 8 };
const columns = [start(40, 24), start(68, 140), start(212, 343)] as const;

/** @returns the whole file. */
export function processingPdf(record: ProcessingRecord): Promise<Buffer> {
  const { activities } = record;
  const count = activities.length === 1 ? '1 activity' : `${activities.length} activities`;
  return drawRegister(
    {
      title: 'Record of processing activities',
      subject: 'Regulation (EU) 2016/679, Article 30(1)',
      count,
      foot: 'Letters of Article 30(1) of Regulation (EU) 2016/679',
      of: record,
      size,
    },
    (setting) => activities.flatMap((one) => activityBlocks(one, setting)),
  );
}

function activityBlocks(one: ProcessingActivity, setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const table = tableOf(one.name, columns, ['', 'Part', 'What is on record']);
  const body = { size: size.body };
  return [
    text('H2', one.name, { size: size.heading, weight: 'strong' }, 12, 1),
    {
      ...text(
        'P',
        `${one.number}, version ${one.version}. ${one.state}.`,
        { ...body, quiet: true },
        0,
        3,
      ),
      introduces: true,
    },
    ...headOf(table),
    ...partsOf(one).map(({ letter, name, words }) =>
      row(table, [
        cell(letter, columns[0], body),
        cell(name, columns[1], body),
        cell(words || notSaid, columns[2], { ...body, quiet: words === '' }),
      ]),
    ),
  ];
}
