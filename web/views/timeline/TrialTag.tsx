/** What a step by keyboard would cost: seen beside its row, and said. */
import type { Judged } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'
import { toneOfOffer } from '../../state/offers.ts'
import { useDay } from '../context.tsx'
import { useEditWords } from '../edit/words.tsx'
import { Icon } from '../icons.tsx'
import { Estimated, Won } from '../parts.tsx'
import { AXIS_HEIGHT } from './Axis.tsx'
import { ROW_HEIGHT } from './Row.tsx'

const ICONS = { cheaper: 'check', same: 'check', dearer: 'alert', refused: 'ban' } as const

export function TrialTag({ judged, row }: { readonly judged: Judged | undefined; readonly row: number }) {
  const { t } = useWords()
  const { day } = useDay()
  const { nameEdit, sayDeltas, sayRefusal } = useEditWords()
  const tone = judged && toneOfOffer(judged)
  return (
    <div className="timeline-trial-place" style={{ top: AXIS_HEIGHT + (row + 1) * ROW_HEIGHT }} role="status">
      {judged && tone && day?.plan && (
        <p className={`timeline-trial ${tone}`}>
          <Icon name={ICONS[tone]} size={14} />
          <b>{nameEdit(judged.edit, day.plan)}</b>
          {tone === 'refused' ? (
            <span>
              {t.mapline.refused}: {sayRefusal(judged.broken)}
            </span>
          ) : (
            <>
              <b className="price">
                <Won krw={judged.deltaKrw} signed />
              </b>
              <span>
                {sayDeltas(judged)} <Estimated />
              </span>
            </>
          )}
          <kbd>Enter</kbd>
          <kbd>Esc</kbd>
        </p>
      )}
    </div>
  )
}
