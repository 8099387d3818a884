import { useState } from 'react';
import { Button } from '@backstage/ui';
import { CodeBlock } from '../components/CodeBlock';
import { Section } from '../components/Section';
import { editableYaml } from '../model/editYaml';
import { TenantEditor } from './TenantEditor';
import { TenantView } from './view';

/** The Tenant as it stands in the cluster, to read, to copy and to edit. */
export function TenantYamlTab(props: TenantView) {
  const { tenant, detail, action, reload } = props;
  const [draft, setDraft] = useState<string>();
  if (draft === undefined) {
    return (
      <Section title="YAML">
        <CodeBlock
          text={detail.yaml}
          label={`YAML of tenant ${tenant.name}`}
          actions={
            detail.may.update && (
              <Button
                size="small"
                variant="secondary"
                onPress={() => setDraft(editableYaml(detail.yaml))}
              >
                Edit
              </Button>
            )
          }
        />
      </Section>
    );
  }
  return (
    <Section title="Edit">
      <TenantEditor
        cluster={tenant.cluster}
        edits={tenant.name}
        initial={draft}
        current={editableYaml(detail.yaml)}
        onCancel={() => setDraft(undefined)}
        onApplied={({ changed }) => {
          setDraft(undefined);
          reload();
          action.run('Applying', async () =>
            changed
              ? 'Applied: what follows is on this page.'
              : 'Applied: nothing had to change.',
          );
        }}
      />
    </Section>
  );
}
