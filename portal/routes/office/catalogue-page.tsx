import { Placeholder } from '../placeholder.tsx';

export function CataloguePage() {
  return <Placeholder titleId="shell.officeCatalogue" />;
}
