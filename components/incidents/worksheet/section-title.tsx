import type { ReactNode } from 'react';
import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { SectionHeading } from '../../ui/page-header.tsx';
import { EnterFacts } from './enter-facts.tsx';
import type { Question } from './questions.ts';

/** Head of a section of a worksheet: what it is about, how it stands, and the way to answer it. */
export function SectionTitle({
  id,
  title,
  basis,
  mark,
  view,
  questions,
  children,
}: {
  id: string;
  title: string;
  basis: string;
  mark?: ReactNode;
  view: WorksheetView;
  questions: readonly Question[];
  children: ReactNode;
}) {
  return (
    <>
      <SectionHeading
        id={id}
        action={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            {mark}
            {view.can.enter && (
              <span className="screen-only">
                <EnterFacts
                  id={view.id}
                  seq={view.seq}
                  title={title}
                  questions={questions}
                  evidence={view.evidence.map(({ seq, name }) => ({ seq, name }))}
                />
              </span>
            )}
          </span>
        }
      >
        {title} <span className="font-normal text-text-quiet">({basis})</span>
      </SectionHeading>
      <p className="mb-2 prose-line text-sm text-text-quiet">{children}</p>
    </>
  );
}
