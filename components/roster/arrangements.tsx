import type { CustodiansView, DelegationView } from '#lib/operations/roster/view-roster.ts';
import { groupText } from '../identity/people-words.ts';
import { Code, Hash } from '../ui/grouped.tsx';
import { Panel, PanelRow } from '../ui/panel.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { Time } from '../ui/time.tsx';

const Person = ({ id, name }: { id: string; name: string }) => (
  <TextLink look="plain" href={`/operators/${id}`}>
    <bdi>{name}</bdi>
  </TextLink>
);

/** Delegations of the roster, those that ended as well. */
export function Delegations({
  delegations,
  canChange,
}: {
  delegations: readonly DelegationView[];
  canChange: boolean;
}) {
  if (delegations.length === 0)
    return (
      <p className="text-text-quiet">
        Nobody. A delegation lets somebody of no group state for another’s group until it ends; the
        two count as one voice.
      </p>
    );
  return (
    <Panel label="Delegations">
      {delegations.map((one) => (
        <PanelRow
          key={`${one.from.id} ${one.to.id}`}
          title={
            <>
              <Person {...one.to} /> for <Person {...one.from} />, {groupText(one.group)}
            </>
          }
          aside={
            <StatusMark
              shape={one.isOver ? 'square' : 'dot'}
              tone={one.isOver ? 'quiet' : 'neutral'}
            >
              {one.isOver ? 'Ended' : 'In force'}
            </StatusMark>
          }
        >
          {one.isOver ? 'Ended' : 'Ends'} <Time instant={one.notAfter} style="minute" />. The two
          count as one voice as long as it stands here.
          {canChange && (
            <>
              {' '}
              <TextLink
                href={`/operators/roster/change?what=end-delegation&from=${one.from.id}&person=${one.to.id}`}
              >
                Take it out
              </TextLink>
            </>
          )}
        </PanelRow>
      ))}
    </Panel>
  );
}

/** The groups of custodians who can open a party's backup together. */
export function Custodians({
  groups,
  canChange,
}: {
  groups: readonly CustodiansView[];
  canChange: boolean;
}) {
  if (groups.length === 0)
    return (
      <p className="text-text-quiet">
        Nobody yet: no share can be backed up. Make a group for each party on the offline machine,
        with <Code>npm run recover -- group</Code>, and name it here by its public record.
      </p>
    );
  return (
    <Panel label="Groups of custodians">
      {groups.map((group) => (
        <PanelRow
          key={group.id}
          title={
            <>
              <Code>{group.id}</Code> for party {group.party}
            </>
          }
          aside={`any ${group.threshold} of ${group.custodians.length}`}
        >
          {group.custodians.map((person, place) => (
            <span key={person.id}>
              {place > 0 && ', '}
              <Person {...person} />
            </span>
          ))}
          <div className="mt-1">
            Sealed to key <Hash value={group.publicKey} />
          </div>
          {canChange && (
            <TextLink href={`/operators/roster/change?what=end-custodians&party=${group.party}`}>
              End this group
            </TextLink>
          )}
        </PanelRow>
      ))}
    </Panel>
  );
}
