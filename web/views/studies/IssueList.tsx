/** Every fault with its place and its remedy. */
import type { Issue } from '../../../solver/index.ts'
import { useWords } from '../../i18n/words.tsx'

export function IssueList({ issues }: { readonly issues: readonly Issue[] }) {
  const { t } = useWords()
  if (issues.length === 0) return null
  return (
    <ol className="scroll">
      {issues.map(({ path, message, remedy }) => (
        <li key={`${path} ${message}`}>
          <code>{path || t.study.whole}</code>
          <span>{message}</span>
          <b>{remedy}</b>
        </li>
      ))}
    </ol>
  )
}
