/** A day without orders: where they may come from. */
import type { Complex } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { putDraft } from '../../service/orders.ts'
import { formatAddress } from '../../state/address.ts'
import { dayToRepeat, makeDraft, moveOrders } from '../../state/grid.ts'
import { Icon } from '../icons.tsx'
import { Notice } from '../states.tsx'

export function EmptyDay({ complex, date }: { readonly complex: Complex; readonly date: string }) {
  const { t, f } = useWords()
  const words = t.orders.empty
  const source = dayToRepeat(complex.days, date)
  const toImport = formatAddress({ screen: 'import', date })
  const repeat = async () => {
    if (!source) return
    const { rows } = await service.dayOrders(complex.id, source.date)
    const name = t.orders.fileName.repeat
    putDraft(
      complex.id,
      makeDraft({ origin: 'repeat', name, date, rows: moveOrders(rows, source.date, date), proposed: true }),
    )
    window.location.hash = toImport
  }
  return (
    <Notice title={words.title(f.shortDate(date))} text={words.text}>
      <div className="empty-acts">
        <a className="button primary large" href={toImport}>
          <Icon name="upload" size={16} />
          {words.upload}
        </a>
        {source && (
          <button
            type="button"
            className="button large"
            // nothing is lost where the service does not answer: the button is there still
            onClick={() => void repeat().catch(() => {})}
          >
            <Icon name="copy" size={16} />
            {t.orders.start.repeatGo(f.shortDate(source.date), source.shipments)}
          </button>
        )}
        <a className="button ghost" href={service.templateAddress(complex.id)} download>
          <Icon name="download" size={15} />
          {words.template}
        </a>
      </div>
    </Notice>
  )
}
