import { parseArguments } from './settings';

const settingsOf = (...args: string[]) => {
  const parsed = parseArguments(args);
  return parsed.kind === 'settings' ? parsed.settings : undefined;
};
const refusal = (...args: string[]) => {
  const parsed = parseArguments(args);
  return parsed.kind === 'exit' ? parsed : undefined;
};

describe('the command line of npm start', () => {
  it('starts a playground with the examples by default', () => {
    expect(settingsOf()).toEqual({
      install: false,
      nodes: 6,
      port: 7007,
      examples: 'all',
    });
  });

  it('takes another cluster, and installs only when asked', () => {
    expect(
      settingsOf('--kubeconfig', '/tmp/k', '--context=prod'),
    ).toMatchObject({ kubeconfig: '/tmp/k', context: 'prod', install: false });
    expect(settingsOf('--kubeconfig=/tmp/k', '--install')).toMatchObject({
      install: true,
    });
  });

  it('answers --help with the usage', () => {
    expect(refusal('--help')).toMatchObject({ code: 0 });
  });

  it.each([
    [
      ['--nodes', 'many'],
      '--nodes takes a whole number from 0 to 5000, found "many".',
    ],
    [
      ['--port=70000'],
      '--port takes a whole number from 0 to 65535, found "70000".',
    ],
    [['--kubeconfig'], '--kubeconfig takes a value.'],
    [['--instal'], 'There is no option --instal.'],
    [['--install'], '--install and --context go with --kubeconfig FILE.'],
    [['__proto__'], 'There is no option __proto__.'],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(refusal(...args)).toMatchObject({
      code: 2,
      text: expect.stringContaining(sentence),
    });
  });
});
