import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { z } from 'zod';

/** What our fields look at of the other fields of a form, by the names that our templates use. */
const formSchema = z.object({
  cluster: z.string().optional().catch(undefined),
  namespace: z.string().optional().catch(undefined),
  application: z.string().optional().catch(undefined),
  chart: z.string().optional().catch(undefined),
  version: z.string().optional().catch(undefined),
});

export type FormFacts = z.infer<typeof formSchema>;

/** The other fields of the form, all its pages together; a template that names them differently has none of them. */
export function formFacts(
  props: Pick<FieldExtensionComponentProps<unknown>, 'formContext'>,
): FormFacts {
  const parsed = z
    .object({ formData: formSchema })
    .safeParse(props.formContext ?? {});
  return parsed.success ? parsed.data.formData : {};
}
