import { isSeq, parseDocument, YAMLSeq } from 'yaml';
import { TenantMember } from '@understage/plugin-paas-common';

const members = ['spec', 'members'];

function listOf(yaml: string) {
  const document = parseDocument(yaml);
  const found = document.getIn(members);
  return { document, list: isSeq(found) ? found : undefined };
}

function indexOf(list: YAMLSeq | undefined, reference: string): number {
  const items: unknown = list?.toJSON();
  if (!Array.isArray(items)) return -1;
  return items.findIndex(
    item =>
      typeof item === 'object' &&
      item !== null &&
      Object.values(item).includes(reference),
  );
}

/** The file of a tenant with one member more, or with another role of one that is there. */
export function withMember(yaml: string, member: TenantMember): string {
  const { document, list } = listOf(yaml);
  const at = indexOf(list, member.group ?? member.user ?? '');
  if (at >= 0) document.setIn([...members, at, 'role'], member.role);
  else if (list) document.addIn(members, document.createNode(member));
  else document.setIn(members, document.createNode([member]));
  return document.toString();
}

/** The file of a tenant without a member. */
export function withoutMember(yaml: string, reference: string): string {
  const { document, list } = listOf(yaml);
  const at = indexOf(list, reference);
  if (at >= 0) document.deleteIn([...members, at]);
  return document.toString();
}
