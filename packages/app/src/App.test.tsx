import { render, screen } from '@testing-library/react';
import App from './App';

describe('the portal', () => {
  const { env } = process;

  afterEach(() => {
    process.env = env;
  });

  it('starts, and says what to do where nobody can sign in', async () => {
    // The app reads its configuration from here in tests; a real environment would make a text of it.
    Reflect.set(process, 'env', {
      NODE_ENV: 'test',
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

    expect(
      await screen.findByRole('button', { name: 'Try again' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('playground');
  });
});
