import { render, screen } from '@testing-library/react';
import App from './App';

// The app reads its configuration once; this file has the one of production.
describe('the portal in production', () => {
  const { env } = process;

  afterEach(() => {
    process.env = env;
  });

  it('asks for single sign-on and lets no guest in', async () => {
    Reflect.set(process, 'env', {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          data: {
            app: { title: 'Understage', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            auth: { environment: 'production' },
          },
          context: 'test',
        },
      ],
    });

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: 'Sign In' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Single sign-on')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Enter' })).toBeNull();
  });
});
