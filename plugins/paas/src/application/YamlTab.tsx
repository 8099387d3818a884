import { useState } from 'react';
import { Button } from '@backstage/ui';
import { CodeBlock } from '../components/CodeBlock';
import { ApplicationEditor } from '../editor/ApplicationEditor';
import { editableYaml } from '../model/editYaml';
import { Section } from '../components/Section';
import { ApplicationView } from './view';
import styles from './application.module.css';

/** The Application as it stands in the cluster, to read, to copy and to edit. */
export function YamlTab(props: ApplicationView) {
  const { reference, detail, action } = props;
  const [draft, setDraft] = useState<string>();
  if (draft === undefined) {
    return (
      <Section title="YAML">
        <CodeBlock
          text={detail.yaml}
          label={`YAML of application ${reference.name}`}
          actions={
            <Button
              size="small"
              variant="secondary"
              onPress={() => setDraft(editableYaml(detail.yaml))}
            >
              Edit
            </Button>
          }
        />
      </Section>
    );
  }
  return (
    <Section title="Edit">
      <div className={styles.editor}>
        <ApplicationEditor
          cluster={reference.cluster}
          namespace={reference.namespace}
          edits={reference.name}
          initial={draft}
          current={editableYaml(detail.yaml)}
          onCancel={() => setDraft(undefined)}
          onApplied={answer => {
            setDraft(undefined);
            action.run('Applying', async () =>
              answer.changed
                ? 'Applied: what follows is on this page, live.'
                : 'Applied: nothing had to change.',
            );
          }}
        />
      </div>
    </Section>
  );
}
