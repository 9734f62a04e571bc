/** What `namesake --help` prints. */
export const helpText = `namesake: the licences of an application on this device

  namesake sign-in                      signs this device in
  namesake sign-out                     signs it out, and removes its leases
  namesake status [--json]              who is signed in, what may be used, what works without network
  namesake why [--json]                 why a product may or may not be used, and the one thing to do

For a machine without network, at which the application is installed:

  namesake lease request FILE           there: writes a request, signed with the machine's key
  namesake lease fetch REQUEST FILE     where there is a network: gets the lease for that machine
  namesake lease import FILE            there: takes the lease
  namesake lease export FILE            writes this device's own leases; they work here alone
  namesake status-list import FILE      takes a list that says which leases were revoked

  --server URL          the licence server                      NAMESAKE_SERVER
  --application KEY     the application                         NAMESAKE_APPLICATION
  --product KEY         the product                             NAMESAKE_PRODUCT
  --team ID             the team, where there are several       NAMESAKE_TEAM
  --place NAME          what this device is called; the machine's name by default
  --trust-key PRINT     for lease import: trusts a key of the vendor, by its thumbprint
  --allow-insecure      takes a server without encryption that is not on this machine
  --json                prints one JSON object
  -h, --help            prints this

NAMESAKE_TRUSTED_KEYS holds thumbprints of the vendor's keys: then no lease counts that another key has signed.
Server, application, product and team are remembered from the last sign-in or lease request.

Ends with 0: done, or may be used. 1: refused, or may not be used. 2: wrong input. 3: no contact. 4: not signed in.`;
