import { allowedKinds, apiVersionOf, kindOf } from '../../kinds';
import { ChartRule } from '../ChartRule';

/** Only kinds of the allow-list: everything cluster-wide, everything that grants rights and everything unknown is out. */
export const kindRule: ChartRule = ({ apiVersion, kind }) => {
  const known = kindOf(apiVersion, kind);
  // Releases are the platform's own record: a chart that could write one could forge what ran.
  if (known !== undefined && known.role !== 'release') {
    return [];
  }
  if (kind === 'List') {
    return [
      {
        reason: 'KindNotAllowed',
        message:
          'it is a list in a list in a list, or has items that are none; a List of objects is taken as these objects.',
      },
    ];
  }
  const otherVersion = allowedKinds.find(
    entry => entry.kind === kind && apiVersion.startsWith(`${entry.group}/`),
  );
  const advice =
    otherVersion === undefined
      ? `allowed are ${allowedKinds
          .map(entry => entry.kind)
          .join(
            ', ',
          )}. Turn it off in the chart's values, or ask the platform team to install it.`
      : `only ${apiVersionOf(
          otherVersion,
        )} is. Use a newer version of the chart.`;
  return [
    {
      reason: 'KindNotAllowed',
      message: `${apiVersion} ${kind} is not allowed in an application; ${advice}`,
    },
  ];
};
