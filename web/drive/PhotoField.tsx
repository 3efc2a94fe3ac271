/** Photos, made small as soon as they are taken. */
import { type ChangeEvent, useEffect, useState } from 'react'
import { Icon } from '../views/icons.tsx'
import type { NewProof } from './DoneSheet.tsx'
import { shrinkPhoto } from './photo.ts'
import { useDriveWords } from './words.tsx'

/** Of one stop: a signal that is hardly there has to carry them. */
const MOST = 5

export function PhotoField({
  photos,
  onChange,
}: {
  readonly photos: readonly NewProof[]
  readonly onChange: (photos: readonly NewProof[]) => void
}) {
  const { t } = useDriveWords()
  const [said, setSaid] = useState('')
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    setSaid(t.shrinking)
    const made: NewProof[] = []
    let failed = false
    for (const file of files.slice(0, MOST - photos.length)) {
      const blob = await shrinkPhoto(file)
      if (blob) made.push({ id: crypto.randomUUID(), kind: 'photo', blob })
      else failed = true
    }
    setSaid(failed ? t.badPhoto : '')
    onChange([...photos, ...made])
  }
  return (
    <div className="photos">
      {photos.length < MOST && (
        <label className="act plain">
          <Icon name="camera" size={28} />
          {t.photo}
          {/* no `capture`: some want to choose one that they took before */}
          <input className="visually-hidden" type="file" accept="image/*" multiple onChange={take} />
        </label>
      )}
      {photos.length > 0 && (
        <ul aria-label={t.photos(photos.length)}>
          {photos.map(({ id, blob }, index) => (
            <li key={id}>
              <Thumb blob={blob} />
              <button
                type="button"
                className="square"
                aria-label={t.removePhoto(index + 1)}
                onClick={() => onChange(photos.filter((photo) => photo.id !== id))}
              >
                <Icon name="close" size={24} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {said && <p role="status">{said}</p>}
    </div>
  )
}

function Thumb({ blob }: { readonly blob: Blob }) {
  const [url, setUrl] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url ? <img src={url} alt="" width={72} height={72} /> : null
}
