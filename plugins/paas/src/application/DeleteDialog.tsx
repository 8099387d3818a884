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
import { ApplicationView } from './view';
import styles from './application.module.css';

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
      return `${name} is being deleted. Volumes stay unless its deletionPolicy says otherwise.`;
    });
  };
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={520}>
      <DialogHeader>Delete {name}?</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <p>
            Its {detail.components.length} components stop running and their
            objects are deleted. Volumes are kept unless the specification says
            otherwise. This can not be undone.
          </p>
          <TextField
            label={`Type ${name} to confirm`}
            value={typed}
            onChange={setTyped}
            autoComplete="off"
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
