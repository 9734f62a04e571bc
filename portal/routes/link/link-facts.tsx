import { Text } from '@mantine/core';
import classes from './link-facts.module.css';

/** A few facts that somebody has to recognise before a click. */
export function LinkFacts({ facts }: { facts: readonly (readonly [term: string, value: string])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([term, value]) => (
        <div key={term} className={classes.fact}>
          <dt>{term}</dt>
          <Text component="dd" fw={600}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
}
