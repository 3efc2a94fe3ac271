/** The range of a study of imports, some time after somebody has stopped typing: hundreds of draws take a second. */
import { useEffect, useState } from 'react'
import { consolidateWithRange, type ImportRange, type ImportStudy } from '../../../study/index.ts'

const AFTER_MS = 400

/** `kept`: as the server has it. Undefined: it is being worked out; null: the document calls nothing uncertain. */
export function useImportRange(
  study: ImportStudy,
  kept: ImportRange | null | undefined,
): ImportRange | null | undefined {
  const [found, setFound] = useState<{ readonly of: ImportStudy; readonly range: ImportRange | null }>()
  const asked = kept === undefined
  useEffect(() => {
    if (!asked) return
    const timer = setTimeout(() => setFound({ of: study, range: consolidateWithRange(study).range }), AFTER_MS)
    return () => clearTimeout(timer)
  }, [study, asked])
  if (!asked) return kept
  return found?.of === study ? found.range : undefined
}
