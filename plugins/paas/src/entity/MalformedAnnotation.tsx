import { ANNOTATION_APPLICATION } from '../model/entityReference';
import { Notice } from '../components/ViewStates';

/** The annotation does not name an application; what it should look like. */
export function MalformedAnnotation(props: { annotation: string }) {
  return (
    <Notice tone="warning">
      {ANNOTATION_APPLICATION} is “{props.annotation}”; it has to be
      cluster/namespace/name.
    </Notice>
  );
}
