import { openSync, writeSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

// A mail server as a process of its own: node mail-server.process.ts PORT FILE. Each message is in the file before the sender
// is told that it was taken. A line on standard input changes what it does: `die` ends it between the two at the next message,
// `live` takes that back, `refuse NAME` says for ever no to a mailbox.
const [port = '0', file = ''] = process.argv.slice(2);
const log = openSync(file, 'a');
const refused = new Set<string>();
let dies = false;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo({ address }, _session, done) {
    done(refused.has(address) ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : undefined);
  },
  onData(stream, { envelope }, done) {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const to = envelope.rcptTo.map(({ address }) => address);
      writeSync(log, `${JSON.stringify({ to, raw: Buffer.concat(chunks).toString('base64') })}\n`);
      if (dies) process.kill(process.pid, 'SIGKILL');
      done();
    });
  },
});
server.on('error', () => {}); // a client that goes away without a word
server.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));

process.stdin.setEncoding('utf8').on('data', (text: string) => {
  for (const line of text.split('\n')) {
    const [word, name = ''] = line.split(' ');
    if (word === 'die') dies = true;
    if (word === 'live') dies = false;
    if (word === 'refuse') refused.add(name);
  }
});
process.stdin.on('end', () => process.exit());
