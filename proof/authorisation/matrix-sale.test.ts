import { describeMatrix } from './describe-matrix.ts';

describeMatrix('customers, offers and orders', ({ about }) => about === 'customer');
