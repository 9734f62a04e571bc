import { useNow } from '../../components/use-now.ts';
import { useDeployment } from '../../data/deployment.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import type { Words } from './why-values.ts';

/** What the explanation's texts are put together with, in the reader's language. */
export function useWords(isSelf: boolean): Words {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const { vendorName } = useDeployment();
  return { t, format, vendorName, now, isSelf };
}
