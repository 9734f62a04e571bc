import { createClient } from '../../contract/client.ts';

/** The API of the server that this page came from; the session's cookie goes along by itself. */
export const api = createClient();
