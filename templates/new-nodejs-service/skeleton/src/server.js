import { createServer } from 'node:http';

/** The service's server; `stop` refuses new work first, then ends. */
export function createService() {
  const requests = new Map();
  let ready = true;

  const metrics = () =>
    [
      '# HELP http_requests_total Requests answered.',
      '# TYPE http_requests_total counter',
      ...[...requests].map(
        ([status, count]) => `http_requests_total{status="${status}"} ${count}`,
      ),
      '',
    ].join('\n');

  const routes = {
    '/': () => [200, 'Hello.\n'],
    '/healthz': () => [200, 'ok\n'],
    '/readyz': () => (ready ? [200, 'ready\n'] : [503, 'stopping\n']),
    '/metrics': () => [200, metrics()],
  };

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const answer = Object.hasOwn(routes, pathname) ? routes[pathname] : undefined;
    const [status, body] = answer ? answer() : [404, 'Not found.\n'];
    requests.set(status, (requests.get(status) ?? 0) + 1);
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(body);
  });

  return {
    server,
    stop() {
      ready = false;
      return new Promise(done => server.close(done));
    },
  };
}
