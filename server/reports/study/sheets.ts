/** The report as a workbook: the same content, figures as numbers with their units in the heads, and every run of a pickup study. */
import type { Locale } from '../../../solver/index.ts'
import type { Sheet, SheetRow } from '../../sheets/value.ts'
import { writeXlsx } from '../../sheets/writeXlsx.ts'
import { ATTACKS } from './attacks.ts'
import type { StudyBody } from './body.ts'
import { basisNames, VERDICTS } from './paper.ts'
import type { Cell, Column, Table } from './report.ts'
import { sayIn } from './words.ts'

/** Of Excel. */
const MAX_NAME_CHARS = 31

export async function studyXlsx(body: StudyBody, locale: Locale): Promise<Uint8Array> {
  return await writeXlsx(told(sheetsOf(body, locale)))
}

function sheetsOf(body: StudyBody, locale: Locale): Sheet[] {
  const { w, of } = sayIn(locale)
  const { own, ledger } = body
  const basis = basisNames(w)
  return [
    {
      name: w('요약', 'Summary'),
      rows: [
        [body.title, own.kind],
        ...(own.label ? [[own.label.text, own.label.hint]] : []),
        ...(body.state ? [['', body.state]] : []),
        [w('물음', 'Question'), own.question],
        [w('답', 'Answer'), own.answer],
        [w('범위', 'Range'), own.range],
        ...own.isNot.map((text, k) => [k === 0 ? w('이 값이 아닌 것', 'What it is not') : '', text]),
        [],
        [w('계산한 값 (측정)', 'Worked out (measured)'), '', w('단위', 'unit'), w('설명', 'note')],
        ...own.figures.map(
          ({ name, value, text, unit, note }): SheetRow => [name, finite(value) ?? text, unit, note ?? ''],
        ),
      ],
    },
    ...own.sections.flatMap(({ table }) => (table ? [sheetOf(table)] : [])),
    {
      name: w('공격과 답', 'Attacks and answers'),
      rows: [
        ['', w('검토자의 물음', 'What a reviewer asks'), w('답하는가', 'Answered'), w('답', 'Answer')],
        ...ATTACKS.map((attack, k) => {
          const { kind, text } = own.answers[attack.id]
          return [k + 1, attack[locale], w(VERDICTS[kind][0], VERDICTS[kind][1]), text]
        }),
      ],
    },
    {
      name: w('입력 대장', 'Ledger of inputs'),
      rows: [
        [
          w('무엇', 'What'),
          w('항목', 'Field'),
          w('값', 'Value'),
          w('단위', 'Unit'),
          w('바탕', 'Basis'),
          w('확실한 정도', 'Certainty'),
          w('자료일', 'As of'),
          w('출처', 'Source'),
          w('문서의 자리', 'Place in the document'),
        ],
        ...ledger.map(
          ({ what, field, value, unit, basis: kind, note, path }): SheetRow => [
            what,
            field,
            value,
            unit,
            basis[kind],
            note?.certainty ?? '',
            note?.asOf ? { clock: note.asOf } : '',
            note ? (locale === 'ko' && note.sourceKo) || note.source : w('출처 없음', 'no source'),
            path,
          ],
        ),
      ],
    },
    {
      name: w('보도된 값', 'As reported'),
      rows: [
        [
          w('수치', 'Figure'),
          w('보도된 값', 'As reported'),
          w('다시 만들면', 'Rebuilt'),
          w('확실한 정도', 'Certainty'),
          w('출처', 'Source'),
        ],
        ...body.reported.map(
          ({ name, value, rebuilt, note }): SheetRow => [
            of(name),
            of(value),
            of(rebuilt),
            note.certainty ?? '',
            (locale === 'ko' && note.sourceKo) || note.source,
          ],
        ),
        ['', body.reportedNote],
      ],
    },
    {
      name: w('방법과 재현', 'Method'),
      rows: [
        [w('방법', 'Method'), ''],
        ...own.method.map((text): SheetRow => ['', text]),
        ...own.sections.flatMap(({ title, notes = [] }) => notes.map((text): SheetRow => [title, text])),
        [w('다시 계산하기', 'To get the same figures'), body.command],
        ...body.commandNotes.map((text): SheetRow => ['', text]),
        ...body.facts.map(([name, text]): SheetRow => [name, text]),
      ],
    },
    {
      name: w('문서', 'Document'),
      rows: [
        ['study.json'],
        ...body.document
          .trimEnd()
          .split('\n')
          .map((line): SheetRow => [line]),
      ],
    },
    ...(own.sheets ?? []).map(sheetOf),
  ]
}

/** A share of nothing is no figure. */
const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null)
const headOf = ({ name, unit }: Column): string => (unit ? `${name} (${unit})` : name)

function sheetOf({ name, columns, rows }: Table): Sheet {
  const cell = (value: Cell, k: number): Cell =>
    typeof value === 'number' ? finite(columns[k]!.percent ? 100 * value : value) : value
  return { name, rows: [columns.map(headOf), ...rows.map((row) => row.map(cell))] }
}

/** Two sheets of one name are no workbook. */
function told(sheets: readonly Sheet[]): Sheet[] {
  const known = new Set<string>()
  return sheets.map(({ name, rows }) => {
    const short = name.replace(/[[\]:*?/\\]/g, ' ').slice(0, MAX_NAME_CHARS)
    let free = short
    for (let k = 2; known.has(free); k++) free = `${short.slice(0, MAX_NAME_CHARS - 4)} ${k}`
    known.add(free)
    return { name: free, rows }
  })
}
