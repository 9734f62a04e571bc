import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ProductId } from '../../../domain/id.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, makeDeviceToken } from '../harness/application-builder.ts';
import type { OpenStream } from '../harness/stream-reader.ts';
import { openStream } from '../harness/stream-reader.ts';
import { addLicences, addMember, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('open streams hear of their own teams alone', () => {
  let app: TestApp;
  let productId: ProductId;
  const streams: OpenStream[] = [];

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
  });
  after(async () => {
    for (const stream of streams) await stream.close();
    await app.close();
  });

  async function open(headers: Record<string, string>): Promise<OpenStream> {
    const stream = await openStream(app, headers);
    streams.push(stream);
    await stream.rest();
    return stream;
  }

  it('pages and applications of another team hear nothing of a licence that is given', async () => {
    const team = await makeTeam(app, 'owner@heard.example');
    const other = await makeTeam(app, 'owner@deaf.example');
    await addLicences(app, { teamId: team.teamId, productId, quantity: 1 });
    const { memberId } = await addMember(app, team, 'mia@heard.example');
    const { person: stranger } = await addMember(app, other, 'max@deaf.example');
    const applicationId = await makeApplication(app, 'sketchpad', [productId]);
    const token = await makeDeviceToken(app, applicationId, stranger.accountId);
    const own = await open({ cookie: team.owner.cookie });
    const foreign = [await open({ cookie: other.owner.cookie }), await open({ authorization: `Bearer ${token}` })];

    await team.owner.giveLicence({ teamId: team.teamId, body: { productId, memberId } });
    await app.ground.feed.catchUp();

    assert.deepEqual([...new Set((await own.rest()).map(({ data }) => data.teamId))], [team.teamId]);
    for (const stream of foreign) assert.deepEqual(await stream.rest(), []);
  });
});
