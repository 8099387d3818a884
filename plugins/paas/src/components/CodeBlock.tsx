import { ReactNode } from 'react';
import { BgProvider } from '@backstage/ui';
import { yamlTokens } from '../model/yamlTokens';
import { CopyButton } from './CopyButton';
import { ScrollBox } from './ScrollBox';
import styles from './code.module.css';

/** YAML to read and copy, with the keys coloured. `label` names it for screen readers. */
export function CodeBlock(props: {
  text: string;
  label: string;
  actions?: ReactNode;
}) {
  const lines = props.text.replace(/\n$/, '').split('\n');
  return (
    <div className={styles.block}>
      <BgProvider bg="neutral-1">
        <div className={styles.bar}>
          <span className={styles.size}>
            {lines.length === 1 ? '1 line' : `${lines.length} lines`}
          </span>
          {props.actions}
          <CopyButton text={props.text} label={`Copy ${props.label}`}>
            Copy
          </CopyButton>
        </div>
      </BgProvider>
      <ScrollBox label={props.label} className={styles.code}>
        <code>
          {lines.map((line, index) => (
            // Lines have no identity but their number.
            // eslint-disable-next-line react/no-array-index-key
            <span key={index} className={styles.line}>
              {yamlTokens(line).map((token, at) => (
                // eslint-disable-next-line react/no-array-index-key
                <span key={at} className={styles[token.kind]}>
                  {token.text}
                </span>
              ))}
              {'\n'}
            </span>
          ))}
        </code>
      </ScrollBox>
    </div>
  );
}
