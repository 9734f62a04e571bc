import { createHash } from 'node:crypto';
import type { ApplicationId, ProductId } from '../../domain/id.ts';
import type { ServiceCaller } from '../platform/caller.ts';

/** What the database says about products, applications and their service keys. */
export interface CatalogueRows {
  readonly products: readonly { readonly id: ProductId; readonly key: string; readonly name: string }[];
  readonly applications: readonly { readonly id: ApplicationId; readonly productIds: readonly ProductId[] }[];
  /** SHA-256 of each valid key, in base64, with whose it is. */
  readonly serviceKeys: readonly { readonly hash: string; readonly applicationId: ApplicationId }[];
}

/** A product as answers show it. */
export interface ProductView {
  readonly id: ProductId;
  readonly key: string;
  readonly name: string;
}

/** An application with the products that it may ask about, by id and by key. */
export interface ApplicationView {
  readonly caller: ServiceCaller;
  /** Row of a product by its id or key. */
  readonly products: ReadonlyMap<string, number>;
  readonly productRows: readonly number[];
}

/** An application that is none, or is one no more: no product exists for it. */
export const noApplication: Pick<ApplicationView, 'products'> = { products: new Map() };

/** How many keys as they came are remembered, so that each request need not be hashed. */
const REMEMBERED_KEYS = 1000;

/** The catalogue as checks need it. It is small and read anew as a whole when it changes. */
export class CatalogueView {
  /** By row; rows stay what they are. */
  readonly #products: ProductView[] = [];
  readonly #productRows = new Map<ProductId, number>();
  #applications = new Map<ApplicationId, ApplicationView>();
  #serviceKeys = new Map<string, ApplicationView>();
  readonly #remembered = new Map<string, ApplicationView>();

  replace({ products, applications, serviceKeys }: CatalogueRows): void {
    for (const product of products) this.#products[this.rowOf(product.id)] = product;
    this.#applications = new Map(applications.map(({ id, productIds }) => [id, this.#viewOf(id, productIds)]));
    this.#serviceKeys = new Map();
    this.#remembered.clear();
    for (const { hash, applicationId } of serviceKeys) {
      const application = this.#applications.get(applicationId);
      if (application) this.#serviceKeys.set(hash, application);
    }
  }

  /** The row of a product, made if it is new. */
  rowOf(id: ProductId): number {
    const known = this.#productRows.get(id);
    if (known !== undefined) return known;
    const row = this.#productRows.size;
    this.#productRows.set(id, row);
    this.#products[row] = { id, key: id, name: id };
    return row;
  }

  /** @throws RangeError where there is no such row. */
  productAt(row: number): ProductView {
    const product = this.#products[row];
    if (!product) throw new RangeError(`there is no product in row ${row}`);
    return product;
  }

  application(id: ApplicationId): ApplicationView | undefined {
    return this.#applications.get(id);
  }

  /** The application that asks with this service key. */
  findByServiceKey(key: string): ApplicationView | undefined {
    const remembered = this.#remembered.get(key);
    if (remembered) return remembered;
    const application = this.#serviceKeys.get(createHash('sha256').update(key).digest('base64'));
    if (application) {
      if (this.#remembered.size >= REMEMBERED_KEYS) this.#remembered.clear();
      this.#remembered.set(key, application);
    }
    return application;
  }

  #viewOf(id: ApplicationId, productIds: readonly ProductId[]): ApplicationView {
    const products = new Map<string, number>();
    for (const productId of productIds) {
      const row = this.rowOf(productId);
      products.set(productId, row);
      products.set(this.#products[row]?.key ?? productId, row);
    }
    const productRows = productIds.map((productId) => this.rowOf(productId));
    return { caller: { kind: 'service', applicationId: id }, products, productRows };
  }
}
