import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApplicationId, ProductId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import type { SocketServer } from '../harness/socket-server.ts';
import { openSocketServer } from '../harness/socket-server.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe("an application's stream on the socket", () => {
  let app: TestApp;
  let server: SocketServer;
  let productId: ProductId;
  let applicationId: ApplicationId;
  let serial = 0;
  const sockets: Socket[] = [];

  before(async () => {
    app = await createTestApp();
    server = await openSocketServer(app.listener);
    productId = await makeProduct(app);
    applicationId = await makeApplication(app, 'sketchpad', [productId]);
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
    await app.close();
  });

  async function arrange() {
    serial += 1;
    const team = await makeTeam(app, `owner${serial}@office.example`);
    await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });
    const { memberId, person } = await addMember(app, team, `person${serial}@office.example`);
    const token = await makeDeviceToken(app, applicationId, person.accountId);
    const give = () => team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
    return { team, memberId, person, token, give };
  }

  /** Asks for the stream on a socket of its own, whose bytes the test reads or leaves. */
  async function ask(token: string, headers: Readonly<Record<string, string>> = {}): Promise<Socket> {
    const { hostname, port } = new URL(server.url);
    const socket = connect({ host: hostname, port: Number(port) });
    sockets.push(socket);
    await once(socket, 'connect');
    const lines = Object.entries({ host: 'localhost', authorization: `Bearer ${token}`, ...headers });
    socket.write(`GET /v1/me/stream HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    return socket;
  }

  /** An id of the stream: the day, then the team with its revision. */
  const idOf = (teamId: string, revision: number) => `${app.ground.feed.projection.today},${teamId}:${revision}`;

  /** What has come once it holds this text. */
  async function read(socket: Socket, wanted: RegExp): Promise<string> {
    let text = '';
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (wanted.test(text)) return text;
    }
    throw new Error(`the stream ended with: ${text}`);
  }

  it('tells given and taken, and goes on from where a client left', async () => {
    const { team, memberId, token, give } = await arrange();
    const socket = await ask(token);
    assert.match(
      await read(socket, /event: entitlement\n/),
      /HTTP\/1.1 200 OK[\s\S]+text\/event-stream[\s\S]+"decision":false/,
    );
    const { licence, revision } = await give();
    assert.match(
      await read(socket, /event: given\n/),
      new RegExp(`id: ${idOf(team.teamId, revision)}\\nevent: given\\n`),
    );
    socket.destroy();
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: licence.id, body: { memberId } });
    // What comes after the opening would be told as `taken`: here it is to be there before.
    await app.ground.feed.catchUp();

    const again = await ask(token, { 'last-event-id': idOf(team.teamId, revision) });
    assert.match(await read(again, /event: entitlement\n/), /"decision":false,"reason":"noLicence"/);
    again.destroy();
    const current = await ask(token, { 'last-event-id': idOf(team.teamId, revision + 1) });
    await read(current, /: open\n/);
    const gift = await give();
    const text = await read(current, /event: given\n/);
    assert.doesNotMatch(text, /event: entitlement/, 'what the client knew is not told again');
    current.destroy();
    app.clock.forward({ days: 1 });
    const tomorrow = await ask(token, {
      'last-event-id': idOf(team.teamId, gift.revision).replace(/^\S{10}/, '2026-01-01'),
    });
    assert.match(await read(tomorrow, /event: entitlement\n/), /"decision":true/, 'another day may say something else');
  });

  it('is refused without a token that is valid, on the socket as in process', async () => {
    const socket = await ask('nonsense');
    assert.match(await read(socket, /\}$/m), /^HTTP\/1.1 401 [\s\S]+"code":"notSignedIn"/);
  });

  it('opens for an account in very many teams, all at once', async () => {
    const { person, token } = await arrange();
    for (let index = 0; index < 130; index += 1) await person.makeTeam({ body: { name: `Team ${index}` } });
    const socket = await ask(token);
    const text = await read(socket, /^id: [^\n]*\nevent: entitlement\ndata: [^\n]*\n\n/m);
    assert.equal(text.match(/^event: entitlement$/gm)?.length, 131);
  });

  it('answers who asks for the head alone, and keeps nothing open for it', async () => {
    const { token } = await arrange();
    for (let turn = 0; turn < 60; turn += 1) {
      const response = await fetch(`${server.url}/v1/me/stream`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${token}` },
      });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-type'), 'text/event-stream');
    }
    assert.match(await read(await ask(token), /: open\n/), /^HTTP\/1.1 200/);
  });

  it('tells that a product is the application\u2019s no more', async () => {
    const { token, give } = await arrange();
    await give();
    await app.ground.feed.catchUp();
    const socket = await ask(token);
    assert.match(await read(socket, /event: entitlement\n/), /"decision":true/);
    const other = await makeProduct(app, { key: `other${serial}` });
    const { db } = app.ground;
    await db
      .updateTable('applicationProduct')
      .set({ productId: other })
      .where('applicationId', '=', applicationId)
      .execute();
    await app.ground.feed.reload();
    assert.match(await read(socket, /event: taken\n/), /"reason":"productUnknown"/);
    await db.updateTable('applicationProduct').set({ productId }).where('applicationId', '=', applicationId).execute();
    await app.ground.feed.reload();
    await read(socket, /event: given\n/);
  });

  it('drops a client that never reads, and others go on', async () => {
    const slow = await arrange();
    const deaf = await ask(slow.token);
    deaf.pause();
    await delay(50);
    const lively = await arrange();
    const socket = await ask(lively.token);
    await read(socket, /event: entitlement\n/);
    const ended = once(deaf, 'close');
    // Each change is a message; what the system's own buffers do not take stays with the server until it has enough.
    for (let name = 0; name < 400; name += 1) {
      app.ground.feed.projection.teams.names[app.ground.feed.projection.findTeam(slow.team.teamId)] = `${name} `.padEnd(
        64 * 1024,
        'x',
      );
      app.ground.pulse.publish({ topic: slow.team.teamId, revision: 1 });
      await delay(1);
    }
    deaf.resume();
    await ended;
    await lively.give();
    await read(socket, /event: given\n/);
  });

  it('tells a client that comes again in a loop when to come', async () => {
    const { token } = await arrange();
    let refusal = '';
    for (let turn = 0; turn < 200 && refusal === ''; turn += 1) {
      const socket = await ask(token);
      const text = await read(socket, /: open\n|\}$/m);
      if (text.startsWith('HTTP/1.1 429')) refusal = text;
      socket.destroy();
    }
    assert.match(refusal, /retry-after: \d+/i);
    const other = await arrange();
    assert.match(await read(await ask(other.token), /: open\n/), /^HTTP\/1.1 200/);
  });

  it('lets go of everything when clients leave', async () => {
    const { token, give } = await arrange();
    for (let turn = 0; turn < 60; turn += 1) {
      const socket = await ask(token);
      await read(socket, /: open\n/);
      socket.destroy();
      await once(socket, 'close');
    }
    await give();
    const socket = await ask(token);
    assert.match(
      await read(socket, /event: entitlement\n/),
      /"decision":true/,
      'fifty at once are allowed, and none is open',
    );
  });
});
