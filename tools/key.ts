// npm run key -- APPLICATION: makes a service key for an application of the deployment's file, and prints it once.
import { makeServiceKey } from '../server/features/catalogue/application-key.service.ts';
import { runCommand } from './command.ts';

const [application, ...rest] = process.argv.slice(2);

if (application === undefined || rest.length > 0) {
  console.error('Say which application the key is for: npm run key -- APPLICATION');
  process.exitCode = 2;
} else {
  await runCommand(async (ground) => {
    const key = await makeServiceKey(ground, application);
    if (key === undefined) {
      console.error(`The deployment's file has no application "${application}".`);
      process.exitCode = 1;
      return;
    }
    console.error(`Service key of ${application}. Keep it now: it is not shown again.`);
    console.log(key);
  });
}
