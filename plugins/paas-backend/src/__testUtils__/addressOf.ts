/** A path of the table of routes, about the application checkout or the tenant shop. */
export function addressOf(path: string): string {
  return path
    .replace(':cluster/:namespace/:name', 'playground/shop/checkout')
    .replace(':cluster/:name', 'playground/shop');
}
