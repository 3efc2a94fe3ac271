/** One tap for what is wrong; words and photos if there is time. */
import { useState } from 'react'
import type { Drive, DriveEvent } from '../../server/api.ts'
import { Icon, type IconName } from '../views/icons.tsx'
import type { NewProof } from './DoneSheet.tsx'
import { telOf } from './mapLinks.ts'
import { PhotoField } from './PhotoField.tsx'
import { Sheet } from './Sheet.tsx'
import { useDriveWords } from './words.tsx'

type Problem = NonNullable<DriveEvent['problem']>
const KINDS: readonly (readonly [Problem, IconName])[] = [
  ['late', 'clock'],
  ['nobody', 'person'],
  ['goods', 'box'],
  ['damaged', 'alert'],
  ['truck', 'truck'],
  ['other', 'dots'],
]

export function ProblemSheet({
  drive,
  onClose,
  onSend,
}: {
  readonly drive: Drive
  readonly onClose: () => void
  readonly onSend: (problem: Problem, note: string, photos: readonly NewProof[]) => void
}) {
  const { t } = useDriveWords()
  const [problem, setProblem] = useState<Problem>()
  const [note, setNote] = useState('')
  const [photos, setPhotos] = useState<readonly NewProof[]>([])
  const { coordinator } = drive
  return (
    <Sheet
      title={t.problemTitle}
      onClose={onClose}
      foot={
        <button
          type="button"
          className="act primary tall"
          disabled={!problem}
          onClick={() => problem && onSend(problem, note.trim(), photos)}
        >
          {t.send}
        </button>
      }
    >
      <div className="kinds">
        {KINDS.map(([kind, icon]) => (
          <button
            key={kind}
            type="button"
            className="act plain"
            aria-pressed={problem === kind}
            onClick={() => setProblem(kind)}
          >
            <Icon name={icon} size={30} />
            {t.problems[kind]}
          </button>
        ))}
      </div>
      <label className="field">
        <span>{t.say}</span>
        <textarea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <PhotoField photos={photos} onChange={setPhotos} />
      <p className="quiet">{t.problemTold}</p>
      {coordinator?.phone && (
        <a className="act plain" href={telOf(coordinator.phone)}>
          <Icon name="phone" size={28} />
          {t.call(t.coordinator)} {coordinator.phone}
        </a>
      )}
    </Sheet>
  )
}
