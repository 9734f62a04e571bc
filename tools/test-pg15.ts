// npm run test:pg15: what the server does on the oldest PostgreSQL that we support. The launcher has no 15 to launch.
import { findNodeTests, runNodeTests } from './test-node.ts';

const files = findNodeTests('server').filter((file) => !file.endsWith('engine.test.ts'));
process.exitCode = (await runNodeTests(files, { NAMESAKE_TEST_POSTGRES: '15' })) ? 0 : 1;
