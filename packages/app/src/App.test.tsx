import { render, screen } from '@testing-library/react';
import App from './App';

describe('the portal', () => {
  const before = process.env.APP_CONFIG;

  afterEach(() => {
    if (before === undefined) delete process.env.APP_CONFIG;
    else process.env.APP_CONFIG = before;
  });

  it('starts, and asks who is there', async () => {
    // The app reads its configuration from here in tests; jsdom has no server to ask.
    Object.assign(process.env, {
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Understage', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
          context: 'test',
        },
      ],
    });

    render(App.createRoot());

    expect(await screen.findByText(/Guest|Enter/)).toBeInTheDocument();
  });
});
