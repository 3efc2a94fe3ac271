/** A round of the own carrier on paper: for its driver, and with the fare for itself. */
import { useWords } from '../i18n/words.tsx'
import { Icon } from './icons.tsx'

export function SheetPapers({ plan, route }: { readonly plan: string; readonly route: string }) {
  const { t, language } = useWords()
  const file = (copy: string) =>
    `/api/my/sheets/${encodeURIComponent(plan)}/file?${new URLSearchParams({ route, copy, lang: language })}`
  return (
    <p className="row sheet-papers">
      {(['driver', 'carrier'] as const).map((copy) => (
        <a key={copy} className="button" href={file(copy)} download>
          <Icon name="download" size={14} />
          {copy === 'driver' ? t.papers.driverCopy : t.papers.carrierCopy}
        </a>
      ))}
    </p>
  )
}
