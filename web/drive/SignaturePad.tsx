/** Signed with a finger; what comes out is a small PNG, black on white. */
import { type PointerEvent, useRef, useState } from 'react'
import { blobOf } from './photo.ts'
import { useDriveWords } from './words.tsx'

const WIDTH = 700
const HEIGHT = 280
const INK = '#101820'

export function SignaturePad({ onSign }: { readonly onSign: (signature: Blob | undefined) => void }) {
  const { t } = useDriveWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const last = useRef<readonly [number, number]>(undefined)
  const [signed, setSigned] = useState(false)

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): readonly [number, number] => {
    const box = canvas.current!.getBoundingClientRect()
    return [((clientX - box.left) * WIDTH) / box.width, ((clientY - box.top) * HEIGHT) / box.height]
  }
  const context = () => canvas.current!.getContext('2d')!
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    if (!signed) {
      const paper = context()
      paper.fillStyle = '#ffffff'
      paper.fillRect(0, 0, WIDTH, HEIGHT)
    }
    last.current = pointOf(event)
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!last.current) return
    const pen = context()
    pen.strokeStyle = INK
    pen.lineWidth = 5
    pen.lineCap = 'round'
    const steps = event.nativeEvent.getCoalescedEvents?.() ?? []
    for (const step of steps.length > 0 ? steps : [event.nativeEvent]) {
      const to = pointOf(step)
      pen.beginPath()
      pen.moveTo(...last.current)
      pen.lineTo(...to)
      pen.stroke()
      last.current = to
    }
    setSigned(true)
  }
  const end = async () => {
    if (!last.current) return
    last.current = undefined
    onSign(await blobOf(canvas.current!, 'image/png'))
  }
  const clear = () => {
    context().clearRect(0, 0, WIDTH, HEIGHT)
    setSigned(false)
    onSign(undefined)
  }
  return (
    <div className="pad">
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        role="img"
        aria-label={t.signature}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {signed ? (
        <button type="button" className="act plain" onClick={clear}>
          {t.clear}
        </button>
      ) : (
        <p aria-hidden="true">{t.sign}</p>
      )}
    </div>
  )
}
