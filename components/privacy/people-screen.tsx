import type { LookPurposeName } from '#lib/privacy/people/look-purposes.ts';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { FindPerson } from './find-person.tsx';
import { PersonForm } from './person-form.tsx';

/** The way to a person: search, or record somebody new. */
export function PeopleScreen({
  purposes,
  can,
}: {
  purposes: readonly LookPurposeName[];
  can: { write: boolean };
}) {
  return (
    <div className="max-w-[56rem]">
      <PageHeader
        title="People’s data"
        state="What is known of people is sealed, each under a key of their own. Nobody is listed: search for the one you need."
        action={can.write && <PersonForm />}
      />
      <section>
        <SectionHeading>Find a person</SectionHeading>
        <FindPerson purposes={purposes} />
      </section>
    </div>
  );
}
