import { useState } from 'react';
import { Link } from 'react-router-dom';
import { Button, Select, TextField } from '@backstage/ui';
import {
  TenantMember,
  TenantRole,
  tenantRoles,
} from '@understage/plugin-paas-common';
import { Section } from '../components/Section';
import { editableYaml } from '../model/editYaml';
import { withMember, withoutMember } from '../model/tenantMembers';
import { entityPath } from '../model/entityPath';
import { ownerName } from '../model/ownerName';
import { TenantEditor } from './TenantEditor';
import { TenantView } from './view';
import styles from './tenants.module.css';

const roleSentences: Readonly<Record<TenantRole, string>> = {
  admin: 'Everything a developer may, and who the members are',
  developer: 'Applications, logs and secrets of its environments',
  viewer: 'Sees what runs; no logs, no secrets',
};

/** Who is in the tenant, and as what. Changes go through a plan, like every other. */
export function MembersTab(props: TenantView) {
  const { tenant, detail, action, reload } = props;
  const [draft, setDraft] = useState<string>();
  const current = editableYaml(detail.yaml);
  if (draft !== undefined) {
    return (
      <Section title="Change members">
        <TenantEditor
          // Another draft begins anew.
          key={draft}
          cluster={tenant.cluster}
          edits={tenant.name}
          initial={draft}
          onCancel={() => setDraft(undefined)}
          onApplied={() => {
            setDraft(undefined);
            reload();
            action.run('Applying', async () => 'The members were changed.');
          }}
        />
      </Section>
    );
  }
  return (
    <Section title="Members">
      {detail.members.length === 0 ? (
        <p className={styles.quiet}>
          Nobody yet: only platform engineers get in.
        </p>
      ) : (
        <div className={styles.tableBox}>
          <table className={styles.table} aria-label="Members">
            <thead>
              <tr>
                <th scope="col">Member</th>
                <th scope="col">Role</th>
                <th scope="col">May</th>
                <th scope="col">
                  <span className={styles.unseen}>Change</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {detail.members.map(member => (
                <tr key={referenceOf(member)}>
                  <th scope="row">
                    <MemberLink member={member} />
                  </th>
                  <td data-label="Role">{member.role}</td>
                  <td data-label="May">{roleSentences[member.role]}</td>
                  <td>
                    {detail.may.update && (
                      <Button
                        size="small"
                        variant="tertiary"
                        aria-label={`Remove ${ownerName(referenceOf(member))}`}
                        onPress={() =>
                          setDraft(withoutMember(current, referenceOf(member)))
                        }
                      >
                        Remove
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {detail.may.update && (
        <AddMember add={member => setDraft(withMember(current, member))} />
      )}
    </Section>
  );
}

function referenceOf({ group, user }: TenantMember): string {
  return group ?? user ?? '';
}

function MemberLink(props: { member: TenantMember }) {
  const reference = referenceOf(props.member);
  const path = entityPath(reference);
  const kind = props.member.group ? 'group' : 'person';
  return (
    <>
      {path ? (
        <Link to={path} className={styles.link}>
          {ownerName(reference)}
        </Link>
      ) : (
        reference
      )}
      <span className={styles.quiet}>{kind}</span>
    </>
  );
}

/** Adds somebody, or gives a member another role. */
function AddMember(props: { add(member: TenantMember): void }) {
  const [reference, setReference] = useState('');
  const [role, setRole] = useState<TenantRole>('developer');
  const typed = reference.trim().toLocaleLowerCase('en-US');
  const known = /^(?:group|user):[^/\s]+\/[^/\s]+$/.test(typed);
  return (
    <form
      className={styles.addMember}
      aria-label="Add or change a member"
      onSubmit={event => {
        event.preventDefault();
        if (!known) return;
        props.add({
          ...(typed.startsWith('group:') ? { group: typed } : { user: typed }),
          role,
        });
      }}
    >
      <TextField
        label="Group or person"
        size="small"
        placeholder="group:default/team-shop or user:default/sam"
        value={reference}
        onChange={setReference}
      />
      <Select
        label="Role"
        size="small"
        value={role}
        onChange={value => {
          const next = tenantRoles.find(each => each === value);
          if (next) setRole(next);
        }}
        options={tenantRoles.map(value => ({ value, label: value }))}
      />
      <Button
        type="submit"
        size="small"
        variant="secondary"
        isDisabled={!known}
      >
        Add or change
      </Button>
    </form>
  );
}
