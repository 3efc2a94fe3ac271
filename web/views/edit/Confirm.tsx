/** The end of planning a day: what will be sent is said once more, then it is confirmed; a confirmed plan is revised, never overwritten. */
import { useEffect, useState } from 'react'
import { useWords } from '../../i18n/words.tsx'
import { service } from '../../service/client.ts'
import { queryClient } from '../../service/queries.ts'
import { useDay, useEdit } from '../context.tsx'
import { Icon } from '../icons.tsx'
import { RouteBadge, Won } from '../parts.tsx'
import { Dialog } from './Dialog.tsx'
import { notify } from './Notices.tsx'
import { Outputs } from './Outputs.tsx'

const refresh = async (plan: string) => {
  await queryClient.invalidateQueries({ queryKey: ['complexes'] })
  await queryClient.invalidateQueries({ queryKey: ['plan', plan] })
}

export function ConfirmTools() {
  const { t, language } = useWords()
  const { drawn, day, solve, complex } = useDay()
  const { why } = useEdit()
  const [asked, setAsked] = useState<'confirm' | 'revise'>()
  const state = drawn?.state
  const open = !solve.running && why !== 'deciding' && why !== 'lost'
  const next = state === 'draft' ? 'confirm' : 'revise'
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const meant = (event.ctrlKey || event.metaKey) && event.code === 'Enter' && !event.isComposing
      if (!meant || !open || document.querySelector('dialog[open]')) return
      event.preventDefault()
      setAsked(next)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [open, next])
  if (!drawn || !day?.plan) return null
  const changedAt = new Intl.DateTimeFormat(language === 'ko' ? 'ko-KR' : 'en-GB', {
    timeZone: complex.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(new Date(drawn.changedAt))
  return (
    <>
      {state !== 'draft' && (
        <span
          className={`chip ${state === 'confirmed' ? 'good' : ''} plan-state`}
          title={t.edits.confirm.by(drawn.changedBy, changedAt)}
        >
          <Icon name={state === 'confirmed' ? 'check' : 'undo'} size={12} />
          {state === 'confirmed' ? t.edits.confirm.state : t.edits.confirm.withdrawnState}
        </span>
      )}
      {state === 'confirmed' && <Outputs plan={drawn.id} />}
      {state === 'draft' ? (
        <button
          type="button"
          className="button primary"
          disabled={!open}
          title="Ctrl+Enter"
          aria-keyshortcuts="Control+Enter"
          onClick={() => setAsked('confirm')}
        >
          {t.edits.confirm.button}
        </button>
      ) : (
        <button type="button" className="button" title={t.edits.why[state!]} onClick={() => setAsked('revise')}>
          {t.edits.confirm.revise}
        </button>
      )}
      {asked === 'confirm' && state === 'draft' && <ConfirmDialog onClose={() => setAsked(undefined)} />}
      {asked === 'revise' && state !== 'draft' && <ReviseDialog onClose={() => setAsked(undefined)} />}
    </>
  )
}

/** Sent at most once, and what went wrong is said. */
function useSending(work: () => Promise<void>, failed: string) {
  const [sending, setSending] = useState(false)
  const send = () => {
    setSending(true)
    work().catch((error: unknown) => {
      setSending(false)
      notify(
        <>
          <b>{failed}</b> <span className="toast-more">{error instanceof Error ? error.message : String(error)}</span>
        </>,
        'bad',
      )
    })
  }
  return { sending, send }
}

function ConfirmDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, f } = useWords()
  const c = t.edits.confirm
  const { drawn, day } = useDay()
  const { saving } = useEdit()
  const { sending, send } = useSending(async () => {
    await service.confirmPlan(drawn!.id, drawn!.version)
    await refresh(drawn!.id)
    onClose()
    notify(c.done, 'good')
  }, c.failed)
  if (!drawn || !day) return null
  const { plan } = drawn
  const edits = plan.edits ?? []
  const dearer = edits.filter(({ krw }) => krw > 0)
  const warnings = [
    plan.unserved.length > 0 && c.unserved(plan.unserved.length),
    plan.violations.length > 0 && c.violations(plan.violations.length),
    dearer.length > 0 && c.overrides(dearer.length, f.krwDifference(dearer.reduce((sum, { krw }) => sum + krw, 0))),
    plan.provenance.estimated && c.estimated,
    saving !== 'saved' && c.unsaved,
  ].filter((text) => typeof text === 'string')
  return (
    <Dialog title={c.title} onClose={onClose}>
      <p>{c.text}</p>
      <p className="confirm-sum">
        <b>{c.routes(plan.routes.length)}</b>
        <span>{c.direct(plan.direct.length)}</span>
        <span className="push" />
        <b>
          <Won krw={plan.costKrw} />
        </b>
      </p>
      <ul className="confirm-routes scroll">
        {day.routes.map(({ route, number, vehicle }) => (
          <li key={route.id} className="row">
            <RouteBadge number={number} />
            <span className="cut">{vehicle ? `${f.truck(vehicle.truck)} ${t.kind[vehicle.kind]}` : route.vehicle}</span>
            <span className="push" />
            <span className="faint">{t.routes.stops(route.stops.length)}</span>
            <b className="nowrap">
              <Won krw={route.costKrw} />
            </b>
          </li>
        ))}
      </ul>
      {warnings.length > 0 ? (
        <div className="confirm-warnings">
          <b>{c.warnings}</b>
          <ul>
            {warnings.map((text) => (
              <li key={text}>
                <Icon name="alert" size={14} />
                {text}
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="good row">
          <Icon name="check" size={14} />
          {c.none}
        </p>
      )}
      <div className="row dialog-acts">
        <span className="push" />
        <button type="button" className="button large" onClick={onClose}>
          {c.no}
        </button>
        <button type="button" className="button primary large" disabled={sending || saving !== 'saved'} onClick={send}>
          {c.yes}
        </button>
      </div>
    </Dialog>
  )
}

function ReviseDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const c = t.edits.confirm
  const { drawn } = useDay()
  const { sending, send } = useSending(async () => {
    await service.revisePlan(drawn!.id, drawn!.version)
    await refresh(drawn!.id)
    onClose()
    notify(c.revised, 'good')
  }, t.edits.failed)
  return (
    <Dialog title={c.reviseTitle} onClose={onClose}>
      <p>{c.reviseText}</p>
      <div className="row dialog-acts">
        <span className="push" />
        <button type="button" className="button large" onClick={onClose}>
          {c.no}
        </button>
        <button type="button" className="button primary large" disabled={sending} onClick={send}>
          {c.revise}
        </button>
      </div>
    </Dialog>
  )
}
