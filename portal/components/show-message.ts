import { notifications } from '@mantine/notifications';
import { translate } from '../text/use-text.ts';

/** Tells in passing that something is done; the message goes by itself, or by its button. */
export function showMessage(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': translate('component.dismiss') } });
}
