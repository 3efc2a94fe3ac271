/** On a phone the figures stand far below what they come to: one press from either to the other. */
import { useWords } from '../../i18n/words.tsx'
import { Icon } from '../icons.tsx'

interface StudyJumpProps {
  readonly isAtEditor: boolean
}

export function StudyJump({ isAtEditor }: StudyJumpProps) {
  const { t } = useWords()
  const jump = () => {
    const to = document.querySelector(isAtEditor ? '.study-main' : '.study-editor')
    to?.scrollIntoView({ block: 'start' })
  }
  return (
    <button type="button" className="button study-jump" onClick={jump}>
      <Icon name={isAtEditor ? 'up' : 'down'} size={14} />
      {isAtEditor ? t.study.toResults : t.study.editor}
    </button>
  )
}
