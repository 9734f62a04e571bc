import type { Answer } from './answer.ts';
import { readNumber, readText } from './answer.ts';
import type { Clock } from './clock.ts';
import { wait } from './clock.ts';
import { NamesakeError } from './namesake-error.ts';
import type { FormAnswer, ServerLink } from './server-link.ts';

/** What a person needs in order to approve the sign-in, on this machine or another. */
export interface SignInPrompt {
  /** To be typed at `verificationUri`, or compared with what the page shows. */
  readonly userCode: string;
  readonly verificationUri: string;
  /** The same address with the code filled in; for a link or a QR code. */
  readonly verificationUriComplete: string | undefined;
  /** When the code ends. */
  readonly expiresAt: Date;
}

/** What the device flow needs. */
export interface DeviceSignInOptions {
  readonly link: ServerLink;
  readonly clock: Clock;
  readonly application: string;
  readonly place: string | undefined;
  readonly onCode: (prompt: SignInPrompt) => void;
  readonly signal: AbortSignal | undefined;
}

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const defaultIntervalSeconds = 5;
const longestPauseSeconds = 60;

/**
 * Signs in by the device flow (RFC 8628).
 *
 * A server that does not answer for a while does not end it: the code lives on, and so does
 * the asking, at half the pace each time (section 3.5).
 *
 * @returns The access token.
 * @throws NamesakeError `signInDeclined`, `signInExpired`, `applicationUnknown`, `refused`, `unreachable` (for the first request only)
 */
export async function signInByDevice(options: DeviceSignInOptions): Promise<string> {
  const { link, clock, application, place, signal } = options;
  const form = { client_id: application, ...(place !== undefined && { place }) };
  const answer = await link.post('/oauth/device_authorization', form, signal);
  if (!answer.ok) throw refusal(answer);
  const endsAt = clock.elapsed() + readNumber(answer.body, 'expires_in') * 1000;
  const deviceCode = readText(answer.body, 'device_code');
  options.onCode(readPrompt(answer.body, clock));

  const poll = { grant_type: grantType, device_code: deviceCode, client_id: application };
  let pauseSeconds = readInterval(answer.body);
  for (;;) {
    await wait(clock, Math.min(pauseSeconds * 1000, endsAt - clock.elapsed()), signal);
    if (clock.elapsed() >= endsAt) throw new NamesakeError('signInExpired');
    const reply = await askForToken(link, poll, signal);
    if (reply === 'unreachable') pauseSeconds = Math.min(pauseSeconds * 2, longestPauseSeconds);
    else if (reply.ok) return readText(reply.body, 'access_token');
    else if (reply.body.error === 'slow_down') pauseSeconds += 5;
    else if (reply.body.error !== 'authorization_pending') throw refusal(reply);
  }
}

async function askForToken(
  link: ServerLink,
  form: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<FormAnswer | 'unreachable'> {
  try {
    return await link.post('/oauth/token', form, signal);
  } catch (error) {
    if (error instanceof NamesakeError && error.code === 'unreachable') return 'unreachable';
    throw error;
  }
}

function readPrompt(body: Answer, clock: Clock): SignInPrompt {
  const complete = body.verification_uri_complete;
  return {
    userCode: readText(body, 'user_code'),
    verificationUri: readText(body, 'verification_uri'),
    verificationUriComplete: typeof complete === 'string' ? complete : undefined,
    expiresAt: new Date(clock.now() + readNumber(body, 'expires_in') * 1000),
  };
}

function readInterval(body: Answer): number {
  return body.interval === undefined ? defaultIntervalSeconds : readNumber(body, 'interval');
}

function refusal({ body, status }: FormAnswer): NamesakeError {
  const { error, error_description: description } = body;
  const details = {
    status,
    ...(typeof error === 'string' && { problemCode: error }),
    ...(typeof description === 'string' && { message: description }),
  };
  switch (error) {
    case 'access_denied':
      return new NamesakeError('signInDeclined', details);
    case 'expired_token':
      return new NamesakeError('signInExpired', details);
    case 'invalid_client':
      return new NamesakeError('applicationUnknown', details);
    default:
      return new NamesakeError('refused', details);
  }
}
