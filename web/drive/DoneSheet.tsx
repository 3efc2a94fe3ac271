/** What was really loaded and set down, with a signature and photos where the driver wants them. All of it is one tap. */
import { useState } from 'react'
import type { DriveEvent, DriveGoods, DriveStop } from '../../server/api.ts'
import { Icon } from '../views/icons.tsx'
import type { Held } from './outbox.ts'
import { PhotoField } from './PhotoField.tsx'
import { Sheet } from './Sheet.tsx'
import { SignaturePad } from './SignaturePad.tsx'
import { WayMark } from './WayMark.tsx'
import { useDriveWords } from './words.tsx'

export type NewProof = Pick<Held, 'id' | 'kind' | 'blob' | 'name'>
type Done = Pick<DriveEvent, 'kind' | 'shipment' | 'quantity'>
/** What part of it is there; undefined: all. */
type Amounts = ReadonlyMap<string, number>

const keyOf = ({ way, shipment }: DriveGoods) => `${way} ${shipment}`

export function DoneSheet({
  stop,
  title,
  onClose,
  onDone,
}: {
  readonly stop: DriveStop
  readonly title: string
  readonly onClose: () => void
  readonly onDone: (events: readonly Done[], proofs: readonly NewProof[]) => void
}) {
  const { t } = useDriveWords()
  const [amounts, setAmounts] = useState<Amounts>(new Map())
  const [photos, setPhotos] = useState<readonly NewProof[]>([])
  const [signature, setSignature] = useState<Blob>()
  const [signer, setSigner] = useState('')
  const set = (piece: DriveGoods, kg: number | undefined) =>
    setAmounts((before) => {
      const next = new Map(before)
      if (kg === undefined) next.delete(keyOf(piece))
      else next.set(keyOf(piece), kg)
      return next
    })
  const record = () =>
    onDone(
      stop.goods.map((piece) => ({
        kind: piece.way === 'pickup' ? 'loaded' : 'delivered',
        shipment: piece.shipment,
        quantity: amounts.get(keyOf(piece)) ?? piece.weightKg,
      })),
      [
        ...photos,
        ...(signature
          ? [
              {
                id: crypto.randomUUID(),
                kind: 'signature' as const,
                blob: signature,
                ...(signer.trim() && { name: signer.trim() }),
              },
            ]
          : []),
      ],
    )
  return (
    <Sheet
      title={title}
      onClose={onClose}
      foot={
        <button type="button" className="act primary tall" onClick={record}>
          <Icon name="check" size={36} />
          {t.record}
        </button>
      }
    >
      <h3>{t.quantities}</h3>
      {stop.goods.map((piece) => (
        <Amount key={keyOf(piece)} piece={piece} kg={amounts.get(keyOf(piece))} onSet={(kg) => set(piece, kg)} />
      ))}
      <PhotoField photos={photos} onChange={setPhotos} />
      <h3>{t.signature}</h3>
      <label className="field">
        <span>{t.signer}</span>
        <input value={signer} maxLength={80} autoComplete="off" onChange={(event) => setSigner(event.target.value)} />
      </label>
      <SignaturePad onSign={setSignature} />
    </Sheet>
  )
}

function Amount({
  piece,
  kg,
  onSet,
}: {
  readonly piece: DriveGoods
  readonly kg: number | undefined
  readonly onSet: (kg: number | undefined) => void
}) {
  const { t, f } = useDriveWords()
  const { item, shipment, weightKg, way } = piece
  const name = item ?? shipment
  const choice = kg === undefined ? 'whole' : kg === 0 ? 'none' : 'part'
  const step = Math.max(1, Math.round(weightKg / 10))
  const within = (value: number) => Math.min(Math.max(1, Math.round(value)), 99_999)
  return (
    <fieldset className="amount">
      <legend>
        <WayMark way={way} />
        {name} <small>{t.planned(f.kg(weightKg))}</small>
      </legend>
      <div className="choices">
        {(['whole', 'part', 'none'] as const).map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={keyOf(piece)}
              checked={choice === one}
              onChange={() => onSet(one === 'whole' ? undefined : one === 'none' ? 0 : within(weightKg / 2))}
            />
            <span>{t[one]}</span>
          </label>
        ))}
      </div>
      {choice === 'part' && (
        <div className="stepper">
          <button type="button" className="square" aria-label={t.less} onClick={() => onSet(within(kg! - step))}>
            <Icon name="minus" size={28} />
          </button>
          <label>
            <input
              inputMode="numeric"
              aria-label={t.amount(name)}
              value={kg}
              onChange={(event) => onSet(within(Number(event.target.value.replace(/\D/g, '') || 1)))}
            />
            kg
          </label>
          <button type="button" className="square" aria-label={t.more} onClick={() => onSet(within(kg! + step))}>
            <Icon name="plus" size={28} />
          </button>
        </div>
      )}
    </fieldset>
  )
}
