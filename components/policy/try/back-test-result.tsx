import type {
  BackTest,
  BackTestRow,
  ChangedOperation,
} from '#lib/operations/policy/back-test/run-back-test.ts';
import { capitalised, inWords } from '#lib/operations/policy-words.ts';
import { saveText } from '../../travel/save-text.ts';
import { Button } from '../../ui/button.tsx';
import { NarrowLine } from '../../ui/narrow-line.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Code } from '../../ui/grouped.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { TextLink } from '../../ui/text-link.tsx';
import { Time } from '../../ui/time.tsx';
import { backTestCsv, shiftWords } from './back-test-csv.ts';

const count = (value: number): string => value.toLocaleString('en');

/** The outcome of a back-test: how much changes, rule by rule, and which operations. */
export function BackTestResult({ draft, result }: { draft: string; result: BackTest }) {
  const { changed, total, listed } = result;
  const sum = changed.refused + changed.allowed + changed.otherwise;
  const unanswered = result.rows.at(-1);
  return (
    <div className="space-y-6" data-back-test="">
      <p role="status">
        <strong>
          {count(sum)} of {count(total)} {total === 1 ? 'operation' : 'operations'}
        </strong>{' '}
        would have been answered differently{sum === 0 ? '' : `: ${inWords(shiftTexts(changed))}`}.
      </p>
      {unanswered && unanswered.before + unanswered.after > 0 && (
        <Notice tone="info" title="Some can’t be answered.">
          A rule looks at a fact that nobody had signed at that time. Policy refuses those.
        </Notice>
      )}
      <Rules result={result} />
      <div>
        <SectionHeading
          action={
            <Button
              size="small"
              onClick={() =>
                saveText(
                  backTestCsv(result),
                  `back-test-${draft.slice(0, 8)}-${result.until.slice(0, 10)}.csv`,
                )
              }
            >
              Save as CSV
            </Button>
          }
        >
          Operations with another answer
        </SectionHeading>
        <Table
          label="Operations with another answer"
          columns={columns}
          rows={listed}
          rowKey={(row) => row.id}
          empty="None. Every operation of this span gets the same answer."
          foot={
            listed.length < sum &&
            `The first ${count(listed.length)} of ${count(sum)}; the counts above are of all.`
          }
        />
      </div>
      <p className="text-sm text-text-quiet">
        Each operation is judged by the facts as they were when it was raised, from the console’s
        records. What one person may do alone asks no rule and is left out.
      </p>
    </div>
  );
}

/** "4 refused that are allowed now", and so on, without what there is none of. */
const shiftTexts = ({ refused, allowed, otherwise }: BackTest['changed']): string[] =>
  [
    { of: refused, text: 'refused that are allowed now' },
    { of: allowed, text: 'allowed that are refused now' },
    { of: otherwise, text: 'with other people or waits' },
  ].flatMap(({ of, text }) => (of === 0 ? [] : [`${count(of)} ${text}`]));

function Rules({ result }: { result: BackTest }) {
  const rows = result.rows.filter(
    ({ before, after, inDraft, inForce }) => before + after > 0 || inDraft !== inForce,
  );
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  return (
    <div>
      <SectionHeading>What decides, rule by rule</SectionHeading>
      <Table
        label="What decides, rule by rule"
        columns={ruleColumns(result.version, most)}
        rows={rows}
        rowKey={(row) => row.name}
        empty="There was no operation in this span."
      />
    </div>
  );
}

const ruleColumns = (version: number, most: number): readonly Column<BackTestRow>[] => [
  {
    id: 'rule',
    head: 'Rule',
    cell: (row) => (
      <span className="block max-w-96 whitespace-normal">
        <bdi>{row.name}</bdi>
        {!row.inForce && <span className="text-sm text-text-quiet"> · new</span>}
        {!row.inDraft && <span className="text-sm text-text-quiet"> · taken out</span>}
      </span>
    ),
  },
  {
    id: 'bars',
    head: 'In force above, draft below',
    narrow: 'hidden',
    cell: ({ before, after }) => <Bars before={before} after={after} most={most} />,
  },
  { id: 'before', head: `Version ${version}`, align: 'end', cell: (row) => count(row.before) },
  { id: 'after', head: 'Draft', align: 'end', cell: (row) => count(row.after) },
  {
    id: 'difference',
    head: 'Difference',
    align: 'end',
    cell: ({ before, after }) => {
      if (before === after) return '0';
      return after > before ? `+${count(after - before)}` : `−${count(before - after)}`;
    },
  },
];

const WIDTH = 160;

/** The version in force above, the draft below; the figures stand beside. */
function Bars({ before, after, most }: { before: number; after: number; most: number }) {
  // A count that is not nothing stays visible.
  const width = (value: number): number =>
    value === 0 ? 0 : Math.max(2, Math.round((value / most) * WIDTH));
  return (
    <svg width={WIDTH} height="20" viewBox={`0 0 ${WIDTH} 20`} aria-hidden="true">
      <rect x="0" y="2" width={width(before)} height="7" className="fill-line-strong" />
      <rect x="0" y="11" width={width(after)} height="7" className="fill-accent" />
    </svg>
  );
}

const columns: readonly Column<ChangedOperation>[] = [
  {
    id: 'number',
    head: 'Operation',
    cell: (row) => (
      <span className="block py-1.5">
        <TextLink look="plain" href={`/operations/${row.id}`}>
          <Code>{row.number}</Code>
        </TextLink>
        <span className="block max-w-64 text-sm whitespace-normal text-text-quiet">
          {row.about}, <Time instant={row.raisedAt} style="minute" />
        </span>
        <NarrowLine word="Answer now">{capitalised(row.before.answer)}</NarrowLine>
        <NarrowLine word="Under the draft">{capitalised(row.after.answer)}</NarrowLine>
      </span>
    ),
  },
  { id: 'shift', head: 'Would be', cell: (row) => shiftWords[row.shift] },
  {
    id: 'before',
    head: 'Answer now',
    wrap: true,
    narrow: 'hidden',
    cell: ({ before }) => <Said rule={before.rule} answer={before.answer} />,
  },
  {
    id: 'after',
    head: 'Under the draft',
    wrap: true,
    narrow: 'hidden',
    cell: ({ after }) => <Said rule={after.rule} answer={after.answer} />,
  },
];

function Said({ rule, answer }: { rule: string; answer: string }) {
  return (
    <>
      {capitalised(answer)}
      <span className="block text-sm text-text-quiet">
        <bdi>{rule}</bdi>
      </span>
    </>
  );
}
