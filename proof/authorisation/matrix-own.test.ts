import { describeMatrix } from './describe-matrix.ts';

describeMatrix(
  'the own account, lists, applications and links',
  ({ about }) => about !== 'team' && about !== 'customer',
);
