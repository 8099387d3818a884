import { renderApplication } from './renderApplication';
import { formatDesired, goldenText, readGoldens } from './testing/goldens';

describe.each(readGoldens().map(golden => [golden.name, golden] as const))(
  'the golden application %s',
  (name, golden) => {
    const desired = renderApplication(golden.application, golden.context);
    const texts = formatDesired(desired);

    it('renders the objects of objects.yaml', () => {
      expect(texts['objects.yaml']).toBe(
        goldenText(name, 'objects.yaml', texts['objects.yaml']),
      );
    });

    it('reports what stands in report.yaml', () => {
      expect(texts['report.yaml']).toBe(
        goldenText(name, 'report.yaml', texts['report.yaml']),
      );
    });
  },
);
