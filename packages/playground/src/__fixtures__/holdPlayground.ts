// Starts a small playground, tells about it in one line of JSON, and then does nothing: for tests that end it from outside.
import { startPlayground } from '../startPlayground';

startPlayground({ components: ['etcd', 'kube-apiserver'] }).then(
  playground => {
    const { directory } = playground;
    process.stdout.write(
      `${JSON.stringify({ directory, pids: playground.pids() })}\n`,
    );
  },
  error => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
