import { renderApplication } from './renderApplication';
import { formatDesired, goldenText, readGoldens } from './testing/goldens';

// `UPDATE_GOLDEN=1 yarn test golden` writes the files anew; read the difference before you commit it.
const update = process.env.UPDATE_GOLDEN === '1';

describe.each(readGoldens().map(golden => [golden.name, golden] as const))(
  'the golden application %s',
  (name, golden) => {
    const desired = renderApplication(golden.application, golden.context);
    const texts = formatDesired(desired);

    it.each(['objects.yaml', 'report.yaml'] as const)(
      'comes to what stands in %s',
      file => {
        const text = texts[file];
        expect(text).toBe(goldenText({ name, file, text, update }));
      },
    );
  },
);
