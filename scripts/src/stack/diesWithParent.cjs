// Preloaded into the operator and the portal when `npm start` runs them: standard input is a pipe from the starter, and its
// end means that the starter is gone, even by SIGKILL. Nothing is to be left running then.
// Worker threads run preloads too, with a standard input that is empty: only the main thread speaks for the process.
if (require('node:worker_threads').isMainThread) {
  process.stdin.on('end', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 8000).unref();
  });
  process.stdin.resume();
  // Reading must not keep a process alive that has nothing else to do.
  process.stdin.unref?.();
}
