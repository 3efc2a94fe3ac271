/** How a step is called: "금형A23을 노선 1로". */
import { useCallback } from 'react'
import { useWords } from '../i18n/words.tsx'
import type { Step } from '../state/history.ts'

export function useStepWords() {
  const { t, language } = useWords()
  const nameStep = useCallback(
    (step: Step): string => {
      if (step.kind === 'switch')
        return [t.edits.switchStep[step.cause], step.detail?.[language]].filter(Boolean).join(': ')
      const { change } = step
      if (change.kind === 'edit') return change.edit.kind
      return t.edits.clearLocks(change.remove.length)
    },
    [t, language],
  )
  return { nameStep }
}
