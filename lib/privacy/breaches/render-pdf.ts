/** The register and a notification as PDF. The same content gives the same bytes. */
import { minuteInUtc } from '#lib/platform/days.ts';
import { blockMaker, headOf, start, type Block, type Setting } from '#lib/platform/pdf/blocks.ts';
import { drawPdf } from '#lib/platform/pdf/draw.ts';
import { drawRegister } from '../register-pdf.ts';
import {
  notOnRecord,
  partsOfBreach,
  type BreachRegister,
  type RegisterEntry,
} from './register-record.ts';

const size = { title: 15, heading: 10.5, body: 8.5 };
const columns = [start(40, 130), start(174, 381)] as const;
/** @returns the whole file. */
export function registerPdf(register: BreachRegister): Promise<Buffer> {
  const { entries } = register;
  const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
  return drawRegister(
    {
      title: 'Register of personal data breaches',
      subject: 'Regulation (EU) 2016/679, Article 33(5)',
      count,
      foot: 'Facts, effects and remedies: Article 33(5) of Regulation (EU) 2016/679',
      of: register,
      size,
    },
    (setting) => entries.flatMap((one) => entryBlocks(one, setting)),
  );
}

function entryBlocks(one: RegisterEntry, setting: Setting): Block[] {
  const { text, row, cell, tableOf } = blockMaker(setting);
  const table = tableOf(one.number, columns, ['Part', 'What is on record']);
  const body = { size: size.body };
  return [
    {
      ...text('H2', one.number, { size: size.heading, weight: 'strong' }, 12, 3),
      introduces: true,
    },
    ...headOf(table),
    ...partsOfBreach(one).map(({ name, words }) =>
      row(table, [
        cell(name, columns[0], body),
        cell(words || notOnRecord, columns[1], { ...body, quiet: words === '' }),
      ]),
    ),
  ];
}

/** A notification word for word, a paragraph for each line. */
export function notificationPdf(
  document: string,
  { number, at }: { number: string; at: Date },
): Promise<Buffer> {
  const [title = '', ...lines] = document.split('\n');
  return drawPdf({
    title: `${title}: ${number}`,
    subject: 'Regulation (EU) 2016/679, Article 33',
    drawnUp: at,
    blocks: (setting) => {
      const { text } = blockMaker(setting);
      return [
        text('H1', title, { size: size.title, weight: 'strong' }, 0, 6),
        ...lines
          .filter((line) => line.trim() !== '')
          .map((line) =>
            /^\d\. /.test(line)
              ? {
                  ...text('H2', line, { size: size.heading, weight: 'strong' }, 10, 3),
                  introduces: true,
                }
              : text('P', line, { size: size.body }, 0, 3),
          ),
      ];
    },
    furniture: {
      top: [title, number, `Drawn up ${minuteInUtc(at.toISOString())}`],
      foot: 'Article 33 of Regulation (EU) 2016/679',
    },
  });
}
