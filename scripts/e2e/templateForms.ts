import { Page } from '@playwright/test';

// One function for each page of a form, by what a person reads beside a field: a form that changes, changes here.

/** A page of a form, filled in. */
export type Fill = (page: Page) => Promise<void>;

/** A template, what is filled into its pages, and its steps as a person reads them. */
export interface Path {
  readonly template: string;
  readonly pages: readonly Fill[];
  readonly steps: readonly string[];
}

export const type = async (
  page: Page,
  label: string | RegExp,
  text: string,
) => {
  const inputs = page.locator('form input, form textarea');
  const input = page.getByLabel(label).and(inputs).first();
  await input.fill(text);
  // Fields that suggest something take what was typed when they are left.
  await input.press('Tab');
};

/** Leaves a page as it is. */
const asItIs: Fill = async () => {};

const where =
  (namespace: string): Fill =>
  page =>
    type(page, 'Namespace', namespace);

const which =
  (namespace: string, application: string): Fill =>
  async page => {
    await where(namespace)(page);
    await type(page, 'Application', application);
  };

export function newTenant(name: string): Path {
  return {
    template: 'new-tenant',
    pages: [
      async page => {
        await type(page, 'Name', name);
        await type(page, 'Owner', 'group:default/team-shop');
      },
      asItIs,
      asItIs,
    ],
    steps: ['Give the tenant out'],
  };
}

/** A repository to be made on the only Git server that is offered, for what is to run in a namespace. */
export interface Repository {
  readonly name: string;
  readonly namespace: string;
}

/** A service or a site; both ask for the same. */
export function newRepository(
  template: 'new-nodejs-service' | 'new-static-site',
  { name, namespace }: Repository,
): Path {
  return {
    template,
    pages: [
      async page => {
        await type(page, 'Name', name);
        await type(page, 'Owner', 'group:default/team-shop');
        await type(page, 'What for', 'Says hello');
      },
      where(namespace),
      async page => {
        await type(page, /^Owner/, namespace);
        await type(page, /^Repository/, name);
      },
    ],
    steps: [
      'Write the files',
      'Hand it to the platform',
      'Publish the repository',
      'Enter it in the catalog',
      'Wait until it is ready',
    ],
  };
}

export function addMiddleware(
  namespace: string,
  application: string,
  component: string,
): Path {
  return {
    template: 'add-middleware',
    pages: [
      which(namespace, application),
      async page => {
        await type(page, 'Chart', 'bitnami/redis');
        await type(page, 'Name of the new component', component);
      },
    ],
    steps: ['Add it and wait until it is ready'],
  };
}

export function addDependency(
  namespace: string,
  application: string,
  dependency: string,
): Path {
  return {
    template: 'add-dependency',
    pages: [
      which(namespace, application),
      page => type(page, 'Dependency', dependency),
    ],
    steps: ['Add it and wait until it is ready'],
  };
}

export function decommission(namespace: string, application: string): Path {
  return {
    template: 'decommission',
    pages: [which(namespace, application)],
    steps: ['Delete it and wait until it is gone'],
  };
}

/** Walks through the form of a template, looks it over, and begins. */
export async function begin(page: Page, { template, pages }: Path) {
  await page.goto(`/create/templates/default/${template}`);
  for (const [index, fill] of pages.entries()) {
    await fill(page);
    const isLast = index === pages.length - 1;
    await page
      .getByRole('button', { name: isLast ? 'Review' : 'Next' })
      .click();
  }
  await page.getByRole('button', { name: 'Create' }).click();
}
