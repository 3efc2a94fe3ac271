import 'pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css'
import './drive.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { driveKo } from '../i18n/drive.ts'
import { cssVariables } from '../state/tokens.ts'
import { DriveApp } from './DriveApp.tsx'

for (const [name, value] of Object.entries(cssVariables('light')))
  document.documentElement.style.setProperty(name, value)

/** What the first visit has loaded came before the worker was there to keep it. */
async function keepForOffline(): Promise<void> {
  await navigator.serviceWorker.register('/drive/sw.js', { scope: '/drive/' })
  await navigator.serviceWorker.ready
  // letters come in pieces, each when it is first drawn: without a signal that is too late
  const words = [...Object.values(driveKo).map(String), JSON.stringify(localStorage)].join('')
  await document.fonts.load('500 17px "Pretendard Variable"', words)
  const [name] = await caches.keys()
  if (name === undefined) return
  const cache = await caches.open(name)
  const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name))
  for (const { origin, pathname, href } of loaded)
    if (origin === location.origin && pathname.startsWith('/assets/') && !(await cache.match(href)))
      await cache.add(href).catch(() => undefined)
}
// plain http beyond this computer has no workers: the page then works while it is open
if ('serviceWorker' in navigator && import.meta.env.PROD) keepForOffline().catch(() => undefined)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <DriveApp />
  </StrictMode>,
)
