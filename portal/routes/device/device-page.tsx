import { Placeholder } from '../placeholder.tsx';

export function DevicePage() {
  return <Placeholder titleId="device.title" />;
}
