import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfig } from './config.ts';
import { requireTls } from './tls-required.ts';

const safe = {
  NAMESAKE_TLS: 'required',
  NAMESAKE_URL: 'https://licences.example.com',
  NAMESAKE_HOST: '10.20.0.21',
  NAMESAKE_TLS_CERT: '/etc/namesake/cert.pem',
  NAMESAKE_TLS_KEY: '/etc/namesake/key.pem',
  DATABASE_URL: 'postgres://namesake@db.example/namesake?sslmode=verify-full',
  NAMESAKE_SMTP_URL: 'smtp://user:password@mail.example:587',
};
const check = (changes: Record<string, string>) => requireTls(readConfig({ ...safe, ...changes }));

describe('NAMESAKE_TLS=required', () => {
  const faults: { setting: string; what: string; changes: Record<string, string> }[] = [
    { setting: 'NAMESAKE_URL', what: 'people come without TLS', changes: { NAMESAKE_URL: 'http://localhost:4280' } },
    {
      setting: 'NAMESAKE_TLS_CERT',
      what: 'other machines come without TLS',
      changes: { NAMESAKE_TLS_CERT: '', NAMESAKE_TLS_KEY: '' },
    },
    ...['?sslmode=verify-full&sslmode=disable', '?host=/run/postgresql&host=db.example'].map((query) => ({
      setting: 'DATABASE_URL',
      what: `the database is asked by two words, ${query}`,
      changes: { DATABASE_URL: `postgres://namesake@db.example/namesake${query}` },
    })),
    ...['', '?sslmode=require', '?sslmode=no-verify', '?sslmode=prefer', '?host=db.example'].map((query) => ({
      setting: 'DATABASE_URL',
      what: `the database is asked by ${query || 'no mode'}`,
      changes: { DATABASE_URL: `postgres://namesake@db.example/namesake${query}` },
    })),
    ...['ignoreTLS=true', 'tls.rejectUnauthorized=false', 'requireTLS=false', 'secure=false'].map((query) => ({
      setting: 'NAMESAKE_SMTP_URL',
      what: `mail goes by ${query}`,
      changes: { NAMESAKE_SMTP_URL: `smtp://mail.example?${query}` },
    })),
    {
      setting: 'NODE_TLS_REJECT_UNAUTHORIZED',
      what: 'no certificate is looked at',
      changes: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    },
  ];
  for (const { setting, what, changes } of faults) {
    it(`stops the start by ${setting} where ${what}`, () => {
      assert.throws(() => check(changes), new RegExp(`^ConfigError: ${setting} `));
      check({ ...changes, NAMESAKE_TLS: '' });
    });
  }

  it('lets the server start where everything is encrypted, or stays on this machine', () => {
    check({});
    check({ NAMESAKE_TLS_CERT: '', NAMESAKE_TLS_KEY: '', NAMESAKE_HOST: '127.0.0.1' });
    check({ DATABASE_URL: 'postgres:///namesake?host=/run/postgresql' });
    check({ DATABASE_URL: 'postgres://%2Frun%2Fpostgresql/namesake' });
    check({ DATABASE_URL: '', NAMESAKE_SMTP_URL: 'smtps://mail.example' });
  });

  it('tells no password of an address that cannot be read', () => {
    assert.throws(
      () => check({ DATABASE_URL: 'postgres://namesake:pa/ss@db.example:5000/namesake' }),
      (error) =>
        String(error).startsWith('ConfigError: DATABASE_URL is no address') && !String(error).includes('pa/ss'),
    );
  });

  it('has no other value', () => {
    assert.throws(() => check({ NAMESAKE_TLS: 'yes' }), /NAMESAKE_TLS is neither "required" nor empty/);
  });
});
