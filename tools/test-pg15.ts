// npm run test:pg15: what the server does on the oldest PostgreSQL that we support. The launcher has no 15 to launch, so what
// starts a database by itself stays out, and so does what needs none.
import { findNodeTests, runNodeTests } from './test-node.ts';

const files = findNodeTests('server/tests').filter((file) => !/\/process\/|feed-crash/.test(file));
process.exitCode = (await runNodeTests(files, { NAMESAKE_TEST_POSTGRES: '15' })) ? 0 : 1;
