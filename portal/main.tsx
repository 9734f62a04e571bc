import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { createQueryClient } from './data/query-client.ts';
import { createPortalRouter } from './router.ts';
import { initialLanguage, showLanguage } from './text/language.ts';

const place = document.getElementById('root');
if (!place) throw new Error('index.html has no element with the id "root".');

await showLanguage(initialLanguage());
const queryClient = createQueryClient();
createRoot(place).render(
  <StrictMode>
    <App queryClient={queryClient} router={createPortalRouter(queryClient)} />
  </StrictMode>,
);
