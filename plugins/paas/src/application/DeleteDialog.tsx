import { useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { paasApiRef } from '../api/PaasApi';
import { deletesVolumes } from '../model/editYaml';
import { ApplicationView } from './view';
import styles from './application.module.css';

function componentsSentence(count: number): string {
  return count === 1
    ? 'Its component stops running and its objects are deleted.'
    : `Its ${count} components stop running and their objects are deleted.`;
}

/** Asks for the name before an application is deleted, and says what goes and what stays. */
export function DeleteDialog(props: ApplicationView & { close(): void }) {
  const { reference, detail, action, close } = props;
  const api = useApi(paasApiRef);
  const [typed, setTyped] = useState('');
  const { name } = reference;
  const confirmed = typed === name;
  const remove = () => {
    close();
    action.run(`Deleting ${name}`, async () => {
      await api.deleteApplication(reference);
      return `${name} is being deleted. ${
        deletesVolumes(detail.yaml)
          ? 'Its volumes go with it.'
          : 'Its volumes are kept.'
      }`;
    });
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={520}>
      <DialogHeader>Delete {name}?</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>
            {componentsSentence(detail.components.length)}{' '}
            {deletesVolumes(detail.yaml)
              ? 'Its volumes are deleted with their data, as its deletionPolicy asks for. This can not be undone.'
              : 'Its volumes and their data are kept. This can not be undone.'}
          </p>
          <TextField
            label={`Type ${name} to confirm`}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
            // The dialog is about this one field.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            onKeyDown={event => {
              if (event.key === 'Enter' && confirmed) remove();
            }}
          />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive
          isDisabled={!confirmed}
          onPress={remove}
        >
          Delete application
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
