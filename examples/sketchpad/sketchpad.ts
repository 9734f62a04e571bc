import type { Account, Namesake, ProductUse, UseSnapshot } from '../../sdk/index.ts';
import { NamesakeError } from '../../sdk/index.ts';
import type { Drawing, Sheet } from './drawing.ts';
import { draw, emptyDrawing } from './drawing.ts';
import type { Key, News, Screen, Status } from './status.ts';

/** What the program needs to know. */
export interface SketchpadOptions {
  readonly namesake: Namesake;
  readonly server: string;
  readonly product: string;
  /** Id or name; the person chooses when it is left out and there are several. */
  readonly team: string | undefined;
  /** Called whenever something is to be shown. */
  readonly onStatus: (status: Status) => void;
}

const tryAgainMs = 2_000;

/**
 * The program without its face: signs in, follows the licence, and draws while it may.
 */
export class Sketchpad {
  readonly #options: SketchpadOptions;
  #screen: Screen = { name: 'starting' };
  #account: Account | undefined;
  #share: ProductUse | undefined;
  #wantedTeam: string | undefined;
  #wasUnlocked = false;
  #news: News | undefined;
  #drawing: Drawing = emptyDrawing;
  #again: NodeJS.Timeout | undefined;
  #giveUpSignIn: AbortController | undefined;
  #closed = false;

  constructor(options: SketchpadOptions) {
    this.#options = options;
    this.#wantedTeam = options.team;
  }

  /** Signs in if need be, then follows the licence. Trouble is shown, never thrown. */
  async start(): Promise<void> {
    clearTimeout(this.#again);
    this.#share?.close();
    this.#share = undefined;
    this.#show({ name: 'starting' });
    try {
      if (!(await this.#isKnownHere())) await this.#signIn();
      void this.#learnAccount();
      await this.#use(this.#wantedTeam);
    } catch (error) {
      if (!this.#closed) this.#inTrouble(error);
    }
  }

  /** Does what a key stands for. */
  press(key: Key, sheet: Sheet): void {
    if (key === 's') void this.#signOut();
    else if (this.#screen.name === 'why') this.#look();
    else if (key === 'w' && this.#share !== undefined) void this.#explain(this.#share);
    else if (this.#screen.name === 'trouble') this.#pressInTrouble(key);
    else if (this.#screen.name === 'chooseTeam') this.#pressInChoice(key);
    else if (key === 't' && this.#share !== undefined) void this.#chooseAnew(this.#share);
    else if (this.#screen.name === 'drawing') {
      this.#drawing = draw(this.#drawing, key, sheet);
      this.#look();
    }
  }

  /** Ends everything that runs. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#giveUpSignIn?.abort();
    this.#options.namesake.close();
  }

  /** Somebody is signed in, or a lease was carried here. */
  async #isKnownHere(): Promise<boolean> {
    const { namesake } = this.#options;
    return (await namesake.isSignedIn()) || (await namesake.leases.list()).length > 0;
  }

  async #signIn(): Promise<void> {
    this.#giveUpSignIn = new AbortController();
    await this.#options.namesake.signIn({
      onCode: (prompt) => this.#show({ name: 'signIn', prompt }),
      signal: this.#giveUpSignIn.signal,
    });
  }

  async #use(team: string | undefined): Promise<void> {
    this.#wasUnlocked = false;
    this.#news = undefined;
    const { namesake, product } = this.#options;
    const share = await namesake.use({ product, ...(team !== undefined && { team }) });
    this.#share = share;
    share.on('change', (now) => this.#changed(now));
    for (const story of ['given', 'taken', 'ending', 'renewed'] as const) {
      share.on(story, ({ until }) => this.#tellNews({ story, until, at: new Date() }));
    }
    share.on('lease', () => this.#tell());
    share.on('connection', ({ online }) => {
      this.#tell();
      if (online) void this.#learnAccount();
    });
    this.#changed(share.current);
  }

  /** Whose name to show. Without it everything works as well. */
  async #learnAccount(): Promise<void> {
    this.#account ??= await this.#options.namesake.account().catch(() => undefined);
    this.#tell();
  }

  #changed({ state, reason }: UseSnapshot): void {
    if (state === 'unlocked') this.#wasUnlocked = true;
    if (reason === 'signedOut') this.#signedOut();
    else if (this.#screen.name !== 'why') this.#look();
  }

  #tellNews(news: News): void {
    this.#news = news;
    this.#tell();
  }

  /** Asks why, and shows it until a key is pressed. */
  async #explain(share: ProductUse): Promise<void> {
    const { namesake, product } = this.#options;
    const asking: Screen = { name: 'why', why: undefined };
    this.#show(asking);
    try {
      const why = await namesake.why({ product, team: share.team?.id });
      if (this.#screen === asking) this.#show({ name: 'why', why });
    } catch (error) {
      if (this.#screen === asking) this.#inTrouble(error);
    }
  }

  #look(): void {
    const share = this.#share;
    if (share === undefined) return;
    const { current, entitlements } = share;
    const named = current.team === undefined ? this.#findTeam(share) : undefined;
    if (named !== undefined) void this.#choose(named);
    else if (current.reason === 'chooseTeam') this.#show({ name: 'chooseTeam', teams: entitlements, selected: 0 });
    else if (current.state === 'unlocked') this.#show({ name: 'drawing', use: current, drawing: this.#drawing });
    else this.#show({ name: 'locked', use: current, wasUnlocked: this.#wasUnlocked });
  }

  /** The team that the command line names, which may be by its name where the SDK wants an id. */
  #findTeam({ entitlements }: ProductUse): string | undefined {
    const wanted = this.#wantedTeam?.toLowerCase();
    return entitlements.find(({ teamName }) => teamName.toLowerCase() === wanted)?.teamId;
  }

  async #choose(team: string): Promise<void> {
    this.#wantedTeam = team;
    await this.start();
  }

  async #chooseAnew({ entitlements }: ProductUse): Promise<void> {
    if (entitlements.length < 2) return;
    this.#wantedTeam = undefined;
    await this.start();
  }

  async #signOut(): Promise<void> {
    // The SDK forgets the token in any case, and a use that is open hears of it.
    await this.#options.namesake.signOut().catch(() => {});
    if (this.#screen.name === 'trouble') this.#signedOut();
  }

  #signedOut(): void {
    this.#account = undefined;
    this.#wantedTeam = this.#options.team;
    this.#drawing = emptyDrawing;
    void this.start();
  }

  #inTrouble(error: unknown): void {
    const known = error instanceof NamesakeError ? error : new NamesakeError('refused', { cause: error });
    if (known.code === 'signInExpired' || known.code === 'notSignedIn') return void this.start();
    const passing = known.code === 'unreachable';
    if (passing) this.#again = setTimeout(() => void this.start(), tryAgainMs);
    const wayOut = passing ? 'Trying again by itself.' : 'Enter tries again.';
    this.#show({ name: 'trouble', text: known.message, wayOut });
  }

  #pressInTrouble(key: Key): void {
    if (key === 'enter') void this.start();
  }

  #pressInChoice(key: Key): void {
    if (this.#screen.name !== 'chooseTeam') return;
    const { teams, selected } = this.#screen;
    const number = Number.parseInt(key, 10);
    const chosen = key === 'enter' ? teams[selected] : teams[number - 1];
    if (chosen !== undefined) return void this.#choose(chosen.teamId);
    const step = key === 'down' ? 1 : key === 'up' ? -1 : 0;
    this.#show({ ...this.#screen, selected: (selected + step + teams.length) % teams.length });
  }

  #show(screen: Screen): void {
    this.#screen = screen;
    this.#tell();
  }

  #tell(): void {
    if (this.#closed) return;
    this.#options.onStatus({
      server: this.#options.server,
      screen: this.#screen,
      account: this.#account,
      connection: this.#share?.connection,
      lease: this.#share?.lease,
      news: this.#news,
      teamCount: this.#share?.entitlements.length ?? 0,
    });
  }
}
