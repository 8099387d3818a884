import { Fragment } from 'react';

/** A sentence of the platform, which sets names of fields and commands between backticks: shown as code. */
export function Words(props: { children: string }) {
  return (
    <>
      {props.children.split(/`([^`]+)`/).map((piece, index) =>
        // Every second piece stood between backticks; pieces have no identity but their place.
        index % 2 === 1 ? (
          // eslint-disable-next-line react/no-array-index-key
          <code key={index}>{piece}</code>
        ) : (
          // eslint-disable-next-line react/no-array-index-key
          <Fragment key={index}>{piece}</Fragment>
        ),
      )}
    </>
  );
}
