import type { PolicyVersionView } from '#lib/operations/policy/view-policy-version.ts';
import { Code, Digest } from '../ui/grouped.tsx';
import { PageHeader, SectionHeading } from '../ui/page-header.tsx';
import { RecordColumns } from '../ui/panel.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';
import { ChangesList } from './changes-list.tsx';
import { PolicyFacts } from './policy-facts.tsx';
import { RulesList } from './rules-list.tsx';

/** One version of the policy, and what it changed of the one before. */
export function VersionScreen({ view }: { view: PolicyVersionView }) {
  const { version, since, until, operation, changes, policy } = view;
  return (
    <RecordColumns
      facts={
        <>
          <PageHeader
            crumbs={[{ label: 'Policy', href: '/policy' }, { label: `Version ${version}` }]}
            title={`Policy, version ${version}`}
            state={
              <>
                {until === null ? 'In force since ' : 'In force from '}
                <Time instant={since} style="minute" />
                {until !== null && (
                  <>
                    {' '}
                    to <Time instant={until} style="minute" />
                  </>
                )}
                {operation ? (
                  <>
                    , by{' '}
                    <TextLink href={`/operations/${operation.id}`}>
                      <Code>{operation.number}</Code>
                    </TextLink>
                  </>
                ) : (
                  ', by genesis'
                )}
                .
              </>
            }
          />
          <section>
            <SectionHeading>Rules, in the order in which they are asked</SectionHeading>
            <RulesList rules={policy.rules} />
          </section>
          <section className="mt-8">
            <SectionHeading>Bounds that hold whatever the rules say</SectionHeading>
            <PolicyFacts policy={policy} />
          </section>
          <section className="mt-8">
            <SectionHeading>Digest</SectionHeading>
            <Digest value={view.digest} words={view.words} />
          </section>
        </>
      }
      aside={
        <section>
          <SectionHeading>What it changed</SectionHeading>
          {changes === null ? (
            <p className="text-text-quiet">
              Nothing: it is the first version, which the founders pinned at genesis.
            </p>
          ) : (
            <ChangesList changes={changes} />
          )}
        </section>
      }
    />
  );
}
