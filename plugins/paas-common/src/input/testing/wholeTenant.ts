// Made anew each time: what is changed in one place stays as it is in the others.
const amounts = () => ({ cpu: '1', memory: '1Gi' });

const quota = () => ({
  cpu: '200',
  memory: '400Gi',
  pods: 500,
  storage: '2Ti',
  gpu: 2,
  loadBalancers: 1,
  services: 100,
  objects: 500,
});

/** A tenant in which every field of the schema stands once at least; a test holds it to that. */
export const wholeTenant = {
  apiVersion: 'paas/v1',
  kind: 'Tenant',
  metadata: { name: 'shop' },
  spec: {
    owner: 'group:default/team-shop',
    description: 'Sells things.',
    contacts: [
      {
        name: 'On call',
        email: 'shop@example.com',
        url: 'https://example.com/chat',
      },
    ],
    members: [
      { group: 'group:default/team-shop', role: 'admin' },
      { user: 'user:default/ada', role: 'viewer' },
    ],
    environments: [
      { name: 'staging', quota: quota(), approval: false },
      { name: 'production', approval: true, adopt: 'old-shop' },
    ],
    quota: quota(),
    limits: {
      default: amounts(),
      defaultRequest: amounts(),
      min: amounts(),
      max: amounts(),
      maxLimitRequestRatio: { cpu: 4, memory: 2 },
    },
    network: {
      allowFrom: ['ingress-nginx'],
      egress: {
        internet: true,
        cidrs: ['10.1.0.0/16'],
        tenants: ['data'],
      },
      allowTenants: ['web'],
      domains: ['shop.example.com'],
    },
    storage: { classes: [{ name: 'fast', quota: '1Ti' }] },
    podSecurity: 'restricted',
    deletionPolicy: 'Retain',
  },
};
