// Preloaded into the operator and the portal when `npm start` runs them: standard input is a pipe from the starter, and its
// end means that the starter is gone, even by SIGKILL. Nothing is to be left running then.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.on('close', () =>
  setTimeout(() => process.exit(1), 8000).unref(),
);
process.stdin.resume();
// Reading must not keep a process alive that has nothing else to do.
process.stdin.unref?.();
