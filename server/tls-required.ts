import type { Config } from './config.ts';
import { ConfigError } from './platform/config-error.ts';
import { isLoopback } from './platform/loopback.ts';

/** What a nodemailer address may say that takes its encryption away again. */
const WEAKENING = /^(ignoreTLS|requireTLS|secure|opportunisticTLS|tls\..*)$/i;

/**
 * Holds the settings of a deployment that asks for encryption everywhere (`NAMESAKE_TLS=required`) against it: nothing that leaves or
 * reaches this machine goes in the clear, and the other end is known by its certificate.
 *
 * @throws ConfigError with the first setting that would allow something else.
 */
export function requireTls(config: Config): void {
  if (!config.tlsRequired) return;
  if (!config.publicUrl.startsWith('https:')) {
    throw new ConfigError('NAMESAKE_URL', 'is no https address, and NAMESAKE_TLS=required');
  }
  if (!config.tls && !isLoopback(config.host)) {
    throw new ConfigError(
      'NAMESAKE_TLS_CERT',
      `is missing: NAMESAKE_TLS=required, and other machines reach ${config.host}`,
    );
  }
  if (config.databaseUrl !== undefined) requireSafeDatabase(config.databaseUrl);
  if (config.mail.smtpUrl !== undefined) requireSafeMail(config.mail.smtpUrl);
  // Node.js would take every certificate for every host.
  if (config.certificatesUnchecked)
    throw new ConfigError('NODE_TLS_REJECT_UNAUTHORIZED', 'is 0, and NAMESAKE_TLS=required');
}

/** A folder in place of a host is a socket of this machine. What stands twice is not known by the one that is looked at. */
function requireSafeDatabase(databaseUrl: string): void {
  const url = URL.parse(databaseUrl);
  // The address itself is told to nobody: it carries a password.
  if (!url)
    throw new ConfigError(
      'DATABASE_URL',
      'is no address: what is special in a password has to be written as %2F and the like',
    );
  const only = (name: string) => {
    const [value, ...more] = url.searchParams.getAll(name);
    return more.length === 0 ? value : undefined;
  };
  const names = [...url.searchParams.keys()];
  const isClear = new Set(names).size === names.length;
  const host = only('host') ?? decodeURIComponent(url.hostname);
  if (isClear && (host.startsWith('/') || only('sslmode') === 'verify-full')) return;
  throw new ConfigError('DATABASE_URL', 'needs sslmode=verify-full, because NAMESAKE_TLS=required');
}

function requireSafeMail(smtpUrl: string): void {
  const weak = [...(URL.parse(smtpUrl)?.searchParams.keys() ?? [])].find((name) => WEAKENING.test(name));
  if (weak === undefined) return;
  throw new ConfigError('NAMESAKE_SMTP_URL', `sets ${weak}, and NAMESAKE_TLS=required`);
}
