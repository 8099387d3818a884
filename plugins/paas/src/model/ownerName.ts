/** The short form of an owner for a table: `group:default/team-shop` is `team-shop`, other namespaces stay. */
export function ownerName(owner: string): string {
  return owner.replace(/^(?:group|user):(?:default\/)?/i, '');
}
