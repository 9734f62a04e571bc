import type { DemoSignIn } from '../../contract/deployment.ts';
import type { Language } from '../../contract/shape.ts';
import type { EmailAddress } from '../../domain/email-address.ts';

export interface DemoPerson {
  readonly email: EmailAddress;
  readonly name: string;
  readonly language: Language;
  /** What the sign-in page says that this person is. */
  readonly role: string;
}

/** The one password of all demo accounts; they exist on this machine only. */
export const DEMO_PASSWORD = 'namesake-demo';

const person = (email: string, name: string, language: Language, role: string): DemoPerson => ({
  // Written here in their one form.
  email: email as EmailAddress,
  name,
  language,
  role,
});

/** Who can be signed in as in a demo. */
export const demoPeople = {
  agent: person('eva.lang@bim-partner-sachsen.example', 'Eva Lang', 'en', "Agent, the partner's desk"),
  czechAgent: person('petr.novak@cad-studio-praha.example', 'Petr Novák', 'cs', "Agent, the partner's desk"),
  staff: person('otto@vendor.example', 'Otto Brandt', 'en', "Vendor's staff, the back office"),
  owner: person('anna-lena.boehm@buero-sued.example', 'Anna-Lena Böhm', 'en', 'Owner of a team'),
  administrator: person('soeren.mueller@buero-sued.example', 'Sören Müller', 'en', 'Administrator of that team'),
  member: person('lukas.schaefer@buero-sued.example', 'Lukas Schäfer', 'en', 'Member of that team, no licence yet'),
};

/** Colleagues in the demo's team, who have an account and nothing else to do. */
export const demoColleagues = [
  person('heinz-peter.gross@buero-sued.example', 'Heinz-Peter Groß', 'de', ''),
  person('joerg.zimmermann@buero-sued.example', 'Jörg Zimmermann', 'de', ''),
  person('sabine.luedenscheidt@buero-sued.example', 'Sabine Lüdenscheidt', 'de', ''),
  person('maximilian.koehler@buero-sued.example', 'Maximilian Köhler', 'de', ''),
];

/** Invited to the demo's team, not accepted. */
export const demoInvited = [
  { email: 'zoe.schaefer@buero-sued.example', name: 'Zoë Schäfer' },
  { email: 'bjoern.fuchs@buero-sued.example', name: 'Björn Fuchs' },
];

export const DEMO_CUSTOMER_NUMBER = '123757';
export const DEMO_TEAM_NAME = 'Büro Süd';

/** What the sign-in page of a demo lists. */
export const demoSignIns: readonly DemoSignIn[] = Object.values(demoPeople).map(({ email, name, role }) => ({
  email,
  name,
  role,
  password: DEMO_PASSWORD,
}));

/** What the terminal tells whoever starts a demo. */
export const demoGreeting = [
  `Demo sign-ins, all with the password ${DEMO_PASSWORD}:`,
  ...Object.values(demoPeople).map(({ email, role }) => `  ${email.padEnd(42)} ${role}`),
].join('\n');
