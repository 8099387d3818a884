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
            // Where nothing listens: on the usual port somebody's own portal may.
            backend: { baseUrl: 'http://127.0.0.1:1' },
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
