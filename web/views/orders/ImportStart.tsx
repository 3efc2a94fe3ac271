/** Where orders may come from: a file, the clipboard, the keyboard, an earlier day, or the day itself. */
import { Dropzone } from '@mantine/dropzone'
import { type ReactNode, useRef, useState } from 'react'
import type { Complex } from '../../../server/api.ts'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { type Draft, dayToRepeat, handDraft, makeDraft, moveOrders } from '../../state/grid.ts'
import { Icon, type IconName } from '../icons.tsx'
import { SkeletonRows } from '../states.tsx'

interface ImportStartProps {
  readonly complex: Complex
  readonly date: string
  readonly reading: boolean
  readonly onFile: (file: File) => void
  readonly onPaste: (text: string) => void
  readonly onDraft: (draft: Draft) => void
  readonly onDay: (date: string) => void
  readonly onError: (error: unknown) => void
}

export function ImportStart({ complex, date, reading, onFile, onPaste, onDraft, onDay, onError }: ImportStartProps) {
  const { t, f, language } = useWords()
  const words = t.orders.start
  const openFile = useRef<() => void>(null)
  const standing = complex.days.find((day) => day.date === date)
  const [repeat, setRepeat] = useState(() => dayToRepeat(complex.days, date)?.date)
  const source = complex.days.find((day) => day.date === repeat)
  const takeDay = async () => {
    if (!source) return
    try {
      const { rows } = await service.dayOrders(complex.id, source.date)
      onDraft(
        makeDraft({
          origin: 'repeat',
          name: t.orders.fileName.repeat,
          date,
          rows: moveOrders(rows, source.date, date),
          proposed: true,
        }),
      )
    } catch (error) {
      onError(error)
    }
  }
  if (reading)
    return (
      <div className="import-start">
        <h1>{words.reading}</h1>
        <SkeletonRows rows={8} />
      </div>
    )
  return (
    <div className="import-start scroll">
      <h1>{words.heading(f.date(date))}</h1>
      <p className="muted">{words.text}</p>
      <Dropzone
        className="import-drop"
        openRef={openFile}
        multiple={false}
        activateOnClick={false}
        enablePointerEvents
        unstyled
        // what a file is, its bytes say
        onDrop={([file]: File[]) => file && onFile(file)}
        inputProps={{ 'aria-label': words.choose }}
      >
        <Icon name="upload" size={28} />
        <b>{words.drop}</b>
        <button type="button" className="button primary large" onClick={() => openFile.current?.()}>
          {words.choose}
        </button>
      </Dropzone>
      <div className="import-ways">
        <Way icon="copy" title={words.paste} text={words.pasteHint}>
          <textarea
            className="paste-box"
            aria-label={words.pasteBox}
            placeholder={words.pasteBox}
            value=""
            onChange={() => {}}
            onPaste={(event) => {
              event.preventDefault()
              event.stopPropagation()
              onPaste(event.clipboardData.getData('text/plain'))
            }}
          />
        </Way>
        <Way icon="pencil" title={words.hand} text={words.handHint}>
          <button
            type="button"
            className="button large"
            onClick={() => onDraft(handDraft(date, t.orders.fileName.hand, language))}
          >
            {words.hand}
          </button>
        </Way>
        <Way icon="again" title={words.repeat}>
          {source ? (
            <>
              <label className="stacked">
                <span className="small muted">{words.repeatDay}</span>
                <select className="select" value={repeat} onChange={(event) => setRepeat(event.currentTarget.value)}>
                  {complex.days
                    .filter((day) => day.shipments > 0 && day.date !== date)
                    .map((day) => (
                      <option key={day.date} value={day.date}>
                        {f.date(day.date)} · {t.days.shipments(day.shipments)}
                      </option>
                    ))}
                </select>
              </label>
              <button type="button" className="button large" onClick={() => void takeDay()}>
                {words.repeatGo(f.shortDate(source.date), source.shipments)}
              </button>
            </>
          ) : (
            <p className="small muted">{words.repeatNone}</p>
          )}
        </Way>
        {standing && standing.shipments > 0 && (
          <Way icon="table" title={words.edit(f.shortDate(date), standing.shipments)} text={words.editHint}>
            <button type="button" className="button large" onClick={() => onDay(date)}>
              {t.orders.menu.edit}
            </button>
          </Way>
        )}
      </div>
      <a className="button ghost" href={service.templateAddress(complex.id)} download>
        <Icon name="download" size={15} />
        {words.template}
      </a>
    </div>
  )
}

interface WayProps {
  readonly icon: IconName
  readonly title: string
  readonly text?: string
  readonly children: ReactNode
}
function Way({ icon, title, text, children }: WayProps) {
  return (
    <section className="import-way">
      <h2>
        <Icon name={icon} size={17} />
        {title}
      </h2>
      {text && <p className="small muted">{text}</p>}
      {children}
    </section>
  )
}
