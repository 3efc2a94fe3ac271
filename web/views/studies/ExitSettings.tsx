/** Whose exit breaks it: a setting for each firm, put in and taken out at once. */
import type { PickupStudy } from '../../../study/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { useStudyComplexes } from '../../service/studies.ts'
import { exitsOf, MAX_SETTINGS, withExits, withoutExits } from '../../state/study.ts'
import { Icon } from '../icons.tsx'

interface ExitSettingsProps {
  readonly study: PickupStudy
  readonly onChange: (study: PickupStudy) => void
}

export function ExitSettings({ study, onChange }: ExitSettingsProps) {
  const { t, f } = useWords()
  const words = t.studyWho.exitSettings
  const members = useStudyComplexes().data?.find(({ id }) => id === study.complex)?.members ?? []
  const exits = exitsOf(study)
  const open = members.filter(({ id }) => !exits.includes(id))
  const fits = study.settings.length + open.length <= MAX_SETTINGS
  if (exits.length === 0 && open.length === 0) return null
  return (
    <div className="study-exits">
      <p className="small">
        <b>{words.title}</b> <span className="muted">{words.hint}</span>
      </p>
      <div className="row wrap">
        {open.length > 0 && (
          <button
            type="button"
            className="button"
            disabled={!fits}
            title={fits ? undefined : words.tooMany(f.whole(MAX_SETTINGS))}
            onClick={() => onChange(withExits(study, open))}
          >
            <Icon name="plus" size={14} />
            {words.add(f.whole(open.length))}
          </button>
        )}
        {exits.length > 0 && (
          <button type="button" className="button ghost" onClick={() => onChange(withoutExits(study))}>
            <Icon name="close" size={13} />
            {words.drop(f.whole(exits.length))}
          </button>
        )}
      </div>
      {!fits && <p className="small warn">{words.tooMany(f.whole(MAX_SETTINGS))}</p>}
    </div>
  )
}
