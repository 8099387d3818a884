type Values = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Values of a chart with one's own over them, as helm merges them: objects field by field, everything else whole. */
export function withOwn(chart: Values, own: Values): Values {
  const merged = Object.entries(own).map(([name, value]) => {
    const before = Object.hasOwn(chart, name) ? chart[name] : undefined;
    const after =
      isObject(before) && isObject(value) ? withOwn(before, value) : value;
    return [name, after] as const;
  });
  return { ...chart, ...Object.fromEntries(merged) };
}

/** What is one's own of merged values: whatever is as the chart has it is left out. */
export function ownOf(merged: Values, chart: Values): Values {
  return Object.fromEntries(
    Object.entries(merged).flatMap(([name, value]) => {
      const before = Object.hasOwn(chart, name) ? chart[name] : undefined;
      if (isObject(value) && isObject(before)) {
        const own = ownOf(value, before);
        return Object.keys(own).length > 0 ? [[name, own]] : [];
      }
      const isSame = JSON.stringify(value) === JSON.stringify(before);
      return value === undefined || isSame ? [] : [[name, value]];
    }),
  );
}
