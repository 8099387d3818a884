import { formatApplicationTable } from './applicationTable';

describe('the table that npm start ends with', () => {
  it('aligns its columns and cuts long messages', () => {
    expect(
      formatApplicationTable(
        [
          {
            namespace: 'shop',
            name: 'user-service',
            state: 'Ready',
            message: 'Both components are ready.',
          },
          {
            namespace: 'data',
            name: 'x',
            state: 'Failed',
            message: 'a'.repeat(100),
          },
        ],
        70,
      ),
    ).toBe(
      [
        'NAMESPACE  APPLICATION   STATE   MESSAGE',
        'shop       user-service  Ready   Both components are ready.',
        `data       x             Failed  ${'a'.repeat(34)}...`,
      ].join('\n'),
    );
  });
});
