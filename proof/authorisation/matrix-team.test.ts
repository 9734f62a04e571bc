import { describeMatrix } from './describe-matrix.ts';

describeMatrix('teams, members and licences', ({ about }) => about === 'team');
