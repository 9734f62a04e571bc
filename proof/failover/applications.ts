import type { Namesake } from '../../sdk/index.ts';
import { createNamesake, memoryCache } from '../../sdk/index.ts';
import type { ProductUse } from '../../sdk/product-use.ts';
import type { Office } from './office.ts';

/** A program that runs on somebody's machine, with the SDK. */
export interface Application {
  readonly email: string;
  readonly share: ProductUse;
  close(): void;
}

/** Starts an application and signs it in, with a person who approves at once. */
export async function startApplication(url: string, office: Office, email: string): Promise<Application> {
  const person = await office.as(email);
  const namesake: Namesake = createNamesake({
    server: url,
    application: 'sketchpad',
    place: 'WS-114',
    cache: memoryCache(),
    allowInsecure: true,
  });
  await namesake.signIn({
    onCode: ({ userCode }) => void person.approveDeviceRequest({ body: { userCode } }).catch(() => {}),
  });
  const share = await namesake.use({ product: 'share', team: office.teamId });
  return { email, share, close: () => namesake.close() };
}

const SAMPLE_MILLISECONDS = 50;

/** Watches applications whose people hold a licence all the time: none of them may lock, not for a moment. */
export class LockWatch {
  readonly violations: string[] = [];
  lost = 0;
  samples = 0;
  readonly #timer: NodeJS.Timeout;

  constructor(applications: readonly Application[]) {
    for (const { share, email } of applications) {
      share.on('locked', ({ reason }) => this.violations.push(`the application of ${email} locked: ${reason}`));
      share.on('connection', ({ online }) => {
        if (!online) this.lost += 1;
      });
    }
    this.#timer = setInterval(() => {
      for (const { share, email } of applications) {
        this.samples += 1;
        if (!share.allowed) this.violations.push(`the application of ${email} was locked: ${share.reason}`);
      }
    }, SAMPLE_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
