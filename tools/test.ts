// npm test: everything, or the files that are named: npm test -- domain/money.test.ts e2e/sale.spec.ts
import { runBrowserTests } from './test-browser.ts';
import { findNodeTests, runNodeTests } from './test-node.ts';

const named = process.argv.slice(2);
const journeys = named.filter((file) => file.startsWith('e2e/'));
const files = named.length === 0 ? findNodeTests() : named.filter((file) => !journeys.includes(file));

const rulesHold = files.length === 0 || (await runNodeTests(files));
const journeysEnd = (named.length > 0 && journeys.length === 0) || (await runBrowserTests(journeys));
process.exitCode = rulesHold && journeysEnd ? 0 : 1;
