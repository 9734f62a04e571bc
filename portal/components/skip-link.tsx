import { useText } from '../text/use-text.ts';
import classes from './skip-link.module.css';

/** The first stop of the Tab key on every page. */
export function SkipLink() {
  const t = useText();
  return (
    <a href="#content" className={classes.skip}>
      {t('shell.skipToContent')}
    </a>
  );
}
