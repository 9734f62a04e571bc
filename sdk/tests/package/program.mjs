// A licensed application in JavaScript, with the package as it is published: node program.mjs PACKAGE SERVER
import process from 'node:process';

const [name, server] = process.argv.slice(2);
const { createNamesake } = await import(name);
const warnings = [];
process.on('warning', ({ message }) => warnings.push(message));

const namesake = createNamesake({ server, application: 'sketchpad', place: 'WS-114' });
if (!(await namesake.isSignedIn())) await namesake.signIn({ onCode: () => {} });
const share = await namesake.use({ product: 'share' });
if (share.offline === undefined) await namesake.leases.renew({ product: 'share' });
const { online, decision } = await namesake.why({ product: 'share' });
const { allowed, state, reason, offline } = share;
const told = { allowed, state, reason, isOffline: offline !== undefined, online, decision, warnings };
process.stdout.write(`${JSON.stringify(told)}\n`);
namesake.close();
