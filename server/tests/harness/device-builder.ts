import type { ApplicationId } from '../../../domain/id.ts';
import type { TestApp } from './app.ts';

/** An application that people can sign in to. */
export async function makeApplication(app: TestApp, key: string, name = 'Sketchpad'): Promise<ApplicationId> {
  const id = app.ground.newId('app');
  await app.ground.db.insertInto('application').values({ id, key, name }).execute();
  return id;
}

export interface FormAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Posts a form, as applications do. */
export async function postForm(app: TestApp, path: string, form: Record<string, string> | string): Promise<FormAnswer> {
  const answer = await app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
}

export interface Device {
  readonly deviceCode: string;
  readonly userCode: string;
  /** Asks for the token, as often as it likes. */
  poll(): Promise<FormAnswer>;
}

/** A device that waits for somebody to approve it. */
export async function startDevice(app: TestApp, client: string, place = 'studio-7'): Promise<Device> {
  const { body } = await postForm(app, '/oauth/device_authorization', { client_id: client, place });
  const deviceCode = String(body.device_code);
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: deviceCode,
    client_id: client,
  };
  return { deviceCode, userCode: String(body.user_code), poll: () => postForm(app, '/oauth/token', form) };
}
