import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { fieldOf, REPORT_FIELDS } from '#lib/incidents/report/fields.ts';
import type { FieldNo } from '#lib/incidents/report/field-types.ts';
import type { FieldView } from '#lib/incidents/reports/view-report.ts';
import { FieldRow, type Typed } from './field-row.tsx';

const markup = (
  no: FieldNo,
  {
    typed,
    findings = [],
    ...more
  }: Partial<FieldView> & {
    typed?: Typed;
    findings?: React.ComponentProps<typeof FieldRow>['findings'];
  } = {},
): string => {
  const field = fieldOf(no);
  if (!field) throw new Error(`No field ${no}`);
  return renderToStaticMarkup(
    <FieldRow
      field={field}
      view={{
        no,
        value: null,
        source: 'missing',
        from: 'Not on record yet.',
        offered: null,
        before: null,
        ...more,
      }}
      stage="initial"
      typed={typed}
      currency="EUR"
      findings={findings}
      onTyped={() => undefined}
    />,
  );
};
const shown = (...of: Parameters<typeof markup>): string =>
  markup(...of)
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('a field of a report', () => {
  it('says what the stage asks for, and where its value comes from', () => {
    expect(shown('2.9')).toMatch(/Mandatory .*Missing .*2\.9 Continuity plan activated/);
    expect(shown('2.6')).toContain('If geographical spread is one of the criteria met');
    expect(shown('4.5')).toContain('Not asked at this stage');
    const known = { value: 'x', source: 'inferred', from: 'From the worksheet.' } as const;
    expect(shown('2.4', known)).toMatch(/Inferred .*From the worksheet\./);
  });

  it('shows what was sent before and what the console would put now beside the value', () => {
    const text = shown('3.4', {
      value: '9',
      source: 'entered',
      before: '7',
      offered: { value: '12', from: 'From the worksheet.' },
    });
    expect(text).toContain('Sent before: 7 Take over');
    expect(text).toContain('The console would put now: 12 From the worksheet. Take over');
  });

  it('says that what is wrong is wrong and what is missing is missing, each with its article', () => {
    const finding = { field: '1.8', sentence: 'This is no address.', article: 'Annex II' };
    const wrong = markup('1.8', {
      value: 'x',
      source: 'entered',
      findings: [{ ...finding, rule: 'email', severity: 'blocking' }],
    });
    expect(wrong).toContain('aria-invalid="true"');
    expect(wrong).toContain('This is no address. (Annex II)');
    const missing = markup('1.8', {
      findings: [{ ...finding, rule: 'missing', severity: 'blocking' }],
    });
    expect(missing).not.toContain('aria-invalid="true"');
  });

  it('keeps what was typed beside what somebody else saved meanwhile', () => {
    const text = shown('2.4', {
      value: 'Theirs',
      source: 'entered',
      typed: { value: 'Mine', base: null },
    });
    expect(text).toContain('Not saved');
    expect(text).toContain('Somebody else saved this meanwhile: Theirs');
    expect(text).toContain('Mine');
  });

  it.each(
    REPORT_FIELDS.filter(({ no }) => no !== '1.1').map(({ no, kind }) => [no, kind] as const),
  )('%s is written into a control for a value of its kind (%s), under its number', (no) => {
    expect(markup(no)).toMatch(/<(?:input|textarea|select)/);
    expect(shown(no)).toContain(`${no} ${fieldOf(no)?.label ?? '?'}`);
  });
});
