/** The report on A4, in the look of the project's other papers. */
import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import type { Locale } from '../../../solver/index.ts'
import { INK, SIZE as PAGE, PALE, RULE, RULED, writePdf } from '../pdf/document.ts'
import { ATTACKS } from './attacks.ts'
import type { StudyBody } from './body.ts'
import { COLOURS, cut, WIDTH } from './charts/frame.ts'
import type { Basis, LedgerRow } from './ledger.ts'
import type { Cell, Column, Figure, Section, Table } from './report.ts'
import { type Say, sayIn } from './words.ts'

const SIZE = { body: 9.5, small: 8, table: 8.5, head: 12.5, title: 20, answer: 15 } as const
const SOFT = '#455262'
const TONES = { good: COLOURS.good, warn: '#7F4A00', bad: '#AE211A' } as const
/** On top of a page, in one line. */
const HEAD_ROOM = WIDTH - 12
/** Longer words may break anywhere. */
const LONGEST_WORD = 16

export const VERDICTS = {
  yes: ['답함', 'answered'],
  partly: ['일부', 'in part'],
  no: ['답하지 않음', 'not answered'],
} as const
const VERDICT_TONES = { yes: TONES.good, partly: TONES.warn, no: TONES.bad } as const

export const basisNames = (w: Say['w']): Readonly<Record<Basis, string>> => ({
  published: w('공표', 'published'),
  derived: w('유도', 'derived'),
  assumed: w('가정', 'assumed'),
  chosen: w('선택', 'chosen'),
})

export async function studyPdf(body: StudyBody, locale: Locale, made: Date, version: string): Promise<Uint8Array> {
  const say = sayIn(locale)
  const { w } = say
  const head = `${cut(body.title, HEAD_ROOM - body.own.kind.length * PAGE.body, PAGE.body)} · ${body.own.kind}`
  const content: Content[] = [
    {
      fontSize: SIZE.body,
      lineHeight: 1.15,
      stack: [
        ...firstPage(body, say),
        ...body.own.sections.flatMap((section) => sectionOf(section, say)),
        ...titled(
          w('방법', 'Method'),
          body.own.method.map((text) => line(text)),
        ),
        ...attacks(body, say),
        ...ledger(body, say),
        ...reported(body, say),
        ...again(body, say),
      ],
    },
  ]
  const sheet = {
    content,
    head,
    foot: w('정책 연구 보고서', 'Policy study report'),
    sign: `milkrun ${version} · ${body.facts.find(([, text]) => /^[0-9a-f]{32}$/.test(text))?.[1].slice(0, 8) ?? ''}`,
  }
  return await writePdf(`${body.title} · ${body.own.kind}`, [sheet], made, body.attached)
}

/** Lines break between words, as Korean is set by hand, and never before a unit. */
const prose = (text: string, longest = LONGEST_WORD): Content[] =>
  text.split(/(?<= )/).map((word) => ({ text: word, ...(word.length <= longest && { noWrap: true }) }))

const line = (text: string): Content => ({
  columns: [
    { text: '·', width: 8 },
    { text: prose(text), width: '*' },
  ],
  margin: [0, 0, 0, 3],
})
const titleOf = (text: string): Content => ({
  text: prose(text),
  fontSize: SIZE.head,
  bold: true,
  margin: [0, 14, 0, 5],
})
/** A title never stands alone at the end of a page. */
const titled = (title: string, [first, ...others]: readonly Content[]): Content[] => [
  { unbreakable: true, stack: [titleOf(title), ...(first ? [first] : [])] },
  ...others,
]

function firstPage({ title, own, state, dates, ledger: rows }: StudyBody, say: Say): Content[] {
  const { w } = say
  const counts = countsOf(rows)
  const basis = basisNames(w)
  const figures = own.figures
  return [
    {
      columns: [
        { text: `${w('정책 연구 보고서', 'Policy study report')} · ${own.kind}`, color: SOFT, width: 'auto' },
        ...(own.label
          ? [{ text: own.label.text, bold: true, color: TONES.warn, width: '*', alignment: 'right' as const }]
          : []),
      ],
    },
    { text: prose(title), fontSize: SIZE.title, bold: true, lineHeight: 1.1, margin: [0, 4, 0, 8] },
    ...(state ? [{ text: prose(state), bold: true, color: TONES.warn, margin: [0, 0, 0, 6] } as Content] : []),
    { text: prose(own.question), color: SOFT, fontSize: 11, margin: [0, 0, 0, 8] },
    {
      table: {
        widths: ['*'],
        body: [
          [
            {
              stack: [
                {
                  text: prose(own.answer),
                  fontSize: SIZE.answer,
                  bold: true,
                  color: TONES[own.tone],
                  lineHeight: 1.15,
                },
                ...(own.range ? [{ text: prose(own.range), margin: [0, 5, 0, 0] } as Content] : []),
              ],
              margin: [8, 8, 8, 8],
              fillColor: PALE,
            },
          ],
        ],
      },
      layout: 'noBorders',
    },
    ...(own.label
      ? [{ text: prose(own.label.hint), fontSize: SIZE.small, color: TONES.warn, margin: [0, 5, 0, 0] } as Content]
      : []),
    { text: w('이 값이 아닌 것', 'What it is not'), bold: true, margin: [0, 10, 0, 4] },
    ...own.isNot.map((text) => line(text)),
    ...(figures.length > 0
      ? [
          { text: w('계산한 값 (측정)', 'Worked out (measured)'), bold: true, margin: [0, 8, 0, 4] } as Content,
          boxes(figures),
        ]
      : []),
    {
      margin: [0, 8, 0, 0],
      fontSize: SIZE.small,
      color: SOFT,
      text: prose(
        [
          w(
            `넣은 값 ${rows.length}개: ${counts.map(([kind, count]) => `${basis[kind]} ${count}`).join(', ')}.`,
            `${rows.length} figures went in: ${counts.map(([kind, count]) => `${count} ${basis[kind]}`).join(', ')}.`,
          ),
          ...(dates
            ? [
                dates[0] === dates[1]
                  ? w(`자료일 ${dates[0]}.`, `Data as of ${dates[0]}.`)
                  : w(`자료일 ${dates[0]} ~ ${dates[1]}.`, `Data as of ${dates[0]} to ${dates[1]}.`),
              ]
            : []),
          w(
            '모든 값의 출처는 입력 대장에, 검토자의 열한 물음에 대한 답과 다시 계산하는 명령은 그 앞뒤에 있습니다.',
            'The ledger gives the source of each; before it stand the answers to eleven questions of a reviewer, after it the command that gives the same figures again.',
          ),
        ].join(' '),
      ),
    },
  ]
}

const countsOf = (rows: readonly LedgerRow[]): [Basis, number][] =>
  (['published', 'derived', 'assumed', 'chosen'] as const).flatMap((kind): [Basis, number][] => {
    const count = rows.filter(({ basis }) => basis === kind).length
    return count > 0 ? [[kind, count]] : []
  })

function boxes(figures: readonly Figure[]): Content {
  const perRow = figures.length % 4 === 0 || figures.length > 6 ? 4 : 3
  const rows = Math.ceil(figures.length / perRow)
  const body = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: perRow }, (__, k): TableCell => {
      const figure = figures[row * perRow + k]
      if (!figure) return ''
      return {
        stack: [
          { text: prose(figure.name), fontSize: SIZE.small, color: SOFT },
          { text: figure.text, bold: true, fontSize: figure.text.length > 18 ? 10 : 12 },
          ...(figure.note ? [{ text: prose(figure.note), fontSize: SIZE.small, color: SOFT }] : []),
        ],
      }
    }),
  )
  return {
    table: { widths: Array.from({ length: perRow }, () => '*'), body, dontBreakRows: true },
    layout: {
      hLineColor: () => RULE,
      vLineColor: () => RULE,
      hLineWidth: () => 0.5,
      vLineWidth: () => 0.5,
      paddingTop: () => 4,
      paddingBottom: () => 4,
    },
  }
}

/** A title stays with its chart, else with its table, where that is not long. */
function sectionOf(
  { title, sentence, chart, more = [], notes = [], table, chartTellsAll }: Section,
  say: Say,
): Content[] {
  const top: Content[] = [
    titleOf(title),
    ...(sentence ? [{ text: prose(sentence), bold: true, margin: [0, 0, 0, 5] } as Content] : []),
    ...(chart ? [{ svg: chart.svg, width: WIDTH, margin: [0, 2, 0, 4] } as Content] : []),
    ...notes.map((text): Content => ({ text: prose(text), fontSize: SIZE.small, color: SOFT, margin: [0, 0, 0, 3] })),
  ]
  const rest = more.map(
    ({ svg }): Content => ({ unbreakable: true, stack: [{ svg, width: WIDTH, margin: [0, 2, 0, 4] }] }),
  )
  if (!table || chartTellsAll) return [{ unbreakable: true, stack: top }, ...rest]
  const grid = tableOf(table, say)
  const short = table.rows.length <= SHORT_ROWS
  if (chart) return [{ unbreakable: true, stack: top }, ...rest, short ? { unbreakable: true, stack: [grid] } : grid]
  return short ? [{ unbreakable: true, stack: [...top, grid] }] : [{ unbreakable: true, stack: top }, grid]
}
const SHORT_ROWS = 14

const CLOSE_SIDE = 3
/** Rows of a table, closer together than those of a route sheet. */
const CLOSE: CustomTableLayout = {
  ...RULED,
  paddingTop: () => 2,
  paddingBottom: () => 1.5,
  paddingLeft: () => CLOSE_SIDE,
  paddingRight: () => CLOSE_SIDE,
}

function tableOf({ columns, rows, strong = [] }: Table, say: Say): Content {
  const isText = columns.map((_, k) => rows.some((row) => typeof row[k] === 'string'))
  const longest = columns.map((_, k) =>
    Math.max(0, ...rows.map((row) => (typeof row[k] === 'string' ? row[k].length : 0))),
  )
  const wide = isText.map((text, k) => text && longest[k]! > 14)
  const headOf = ({ name, unit }: Column): string => (unit ? `${name} (${unit})` : name)
  const cell = (value: Cell, k: number, bold: boolean): TableCell => ({
    text: typeof value === 'string' ? prose(value) : textOf(value, columns[k]!, say),
    alignment: isText[k] && k === 0 ? 'left' : typeof value === 'string' && isText[k] ? 'left' : 'right',
    bold,
    ...(typeof value !== 'string' && { noWrap: true }),
  })
  return {
    fontSize: columns.length > 8 ? 7.5 : SIZE.table,
    lineHeight: 1.05,
    margin: [0, 3, 0, 6],
    table: {
      headerRows: 1,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: columns.map(({ part }, k) =>
        part ? part * WIDTH - 2 * CLOSE_SIDE : wide[k] || !wide.includes(true) ? '*' : 'auto',
      ),
      body: [
        columns.map((column, k) => ({
          text: prose(headOf(column), 12),
          fillColor: PALE,
          alignment: isText[k] ? ('left' as const) : ('right' as const),
        })),
        ...rows.map((row, k) => row.map((value, column) => cell(value, column, strong.includes(k)))),
      ],
    },
    layout: CLOSE,
  }
}

function textOf(value: number | null, { digits = 0, asWritten, percent, signed }: Column, say: Say): string {
  if (value === null) return '–'
  if (asWritten) return shown(value)
  const text = say.digits(percent ? 100 * value : value, digits)
  return signed && value > 0 && !/^[0.,]*$/.test(text) ? `+${text}` : text
}

function attacks({ own }: StudyBody, say: Say): Content[] {
  const { w, locale } = say
  const answered = ATTACKS.filter(({ id }) => own.answers[id].kind === 'yes').length
  const unanswered = ATTACKS.filter(({ id }) => own.answers[id].kind === 'no').length
  const body: TableCell[][] = ATTACKS.map((attack, k) => {
    const { kind, text } = own.answers[attack.id]
    return [
      { text: String(k + 1), bold: true, alignment: 'right' },
      { text: prose(attack[locale]), bold: true },
      { text: prose(w(VERDICTS[kind][0], VERDICTS[kind][1])), color: VERDICT_TONES[kind], bold: true },
      { text: prose(text) },
    ]
  })
  const [first, ...others] = body
  const grid = (rows: TableCell[][], ends: readonly [number, number]): Content => ({
    fontSize: SIZE.table,
    table: { dontBreakRows: true, widths: [14, 128, 50, '*'], body: rows },
    layout: {
      ...CLOSE,
      hLineWidth: (at, { table }) => (at === 0 ? ends[0] : at === table.body.length ? ends[1] : 0.5),
      paddingTop: () => 4,
      paddingBottom: () => 3,
    },
  })
  return [
    // the first stays with the title
    ...titled(w('검토자의 열한 물음', 'Eleven questions of a hostile reviewer'), [
      {
        stack: [
          {
            text: prose(
              w(
                `${ATTACKS.length}개 가운데 ${answered}개에 이 연구의 값으로 답하고, ${unanswered}개에는 답하지 않으며, 나머지는 일부만 답합니다.`,
                `Of ${ATTACKS.length}, ${answered} are answered from figures of this study, ${unanswered} ${unanswered === 1 ? 'is' : 'are'} not answered by it, the rest in part.`,
              ),
            ),
            margin: [0, 0, 0, 4],
          },
          grid([first!], [1.2, 0]),
        ],
      },
    ]),
    grid(others, [0.5, 1.2]),
  ]
}

const MOST_TOLD = 40

/** What stands together in the document stands in one row, with the figures one after the other. */
function ledger({ ledger: rows }: StudyBody, say: Say): Content[] {
  const { w, locale } = say
  const basis = basisNames(w)
  const groups = [
    ...Map.groupBy(rows, ({ group, basis: kind, note }) => `${group}\n${kind}\n${note?.source ?? ''}`).values(),
  ]
  const value = ({ field, value: amount, unit }: LedgerRow): string =>
    [field, typeof amount === 'number' ? shown(amount) : amount, unit].filter((text) => text !== '').join(' ')
  /** A list of hundreds is for the workbook. */
  const told = (texts: readonly string[]): string =>
    texts.length <= MOST_TOLD
      ? texts.join(' · ')
      : [
          ...texts.slice(0, MOST_TOLD),
          w(`외 ${texts.length - MOST_TOLD}개는 엑셀에`, `${texts.length - MOST_TOLD} more in the workbook`),
        ].join(' · ')
  const sourceOf = ({ note }: LedgerRow): string =>
    note ? (locale === 'ko' && note.sourceKo) || note.source : w('출처 없음', 'no source')
  const body: TableCell[][] = groups.map((group, k) => {
    const [first] = group as [LedgerRow]
    const { what, basis: kind, note } = first
    const before = groups[k - 1]?.[0]
    const source = note && before && sourceOf(before) === sourceOf(first) ? w('위와 같음', 'as above') : sourceOf(first)
    return [
      { text: prose(what || w('연구의 틀', 'Frame of the study'), 12), bold: true },
      { text: prose(told(group.map(value)), 14) },
      {
        text: `${basis[kind]}${note?.certainty ? ` ${note.certainty}` : ''}`,
        color: kind === 'assumed' ? TONES.warn : INK,
      },
      { text: note?.asOf ?? '–', noWrap: true },
      { text: prose(source, 12) },
    ]
  })
  const head = [w('무엇', 'What'), w('값', 'Figures'), w('바탕', 'Basis'), w('자료일', 'As of'), w('출처', 'Source')]
  return [
    ...titled(w('입력 대장: 넣은 값 모두', 'Ledger: everything that went in'), [
      {
        stack: [
          line(
            w(
              '측정: 이 연구가 계산한 값. 첫 장과 그림과 표의 값이며, 길에서 잰 것이 아니라 아래 값으로 셈한 것입니다.',
              'Measured: what this study worked out, on the first page, in charts and tables. It was worked out from the figures below, not measured on the road.',
            ),
          ),
          line(
            w(
              '공표: 두 출처나 공식(A), 한 출처(B). 유도: 공표된 값에서 셈한 것(C). 가정: 일반적인 값(G), 가정(X), 출처가 적히지 않은 값. 선택: 얼마나 뽑고 무엇을 바꾸어 볼지.',
              'Published: two sources or official (A), one source (B). Derived: worked out from those (C). Assumed: general knowledge (G), assumption (X), and what has no source. Chosen: how much is drawn, and what is changed.',
            ),
          ),
          line(
            w(
              '보도: 다른 이가 알린 그대로이며 계산에 쓰지 않은 값. 다음 표에 있습니다.',
              'Reported: told by others and not used. It stands in the table after this one.',
            ),
          ),
        ],
        margin: [0, 0, 0, 2],
      },
    ]),
    {
      fontSize: 7.5,
      lineHeight: 1.05,
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: [88, '*', 44, 44, 150],
        body: [head.map((text) => ({ text, fillColor: PALE })), ...body],
      },
      layout: CLOSE,
    },
  ]
}

/** As it was written, with commas. */
const shown = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 6 })

function reported({ reported: rows, reportedNote }: StudyBody, say: Say): Content[] {
  const { w, of, locale } = say
  if (rows.length === 0)
    return titled(w('보도된 값', 'As reported by others'), [
      { text: w('보도된 값이 적혀 있지 않습니다.', 'No reported figures are written down.') },
    ])
  const head = [
    w('수치', 'Figure'),
    w('보도된 값', 'As reported'),
    w('다시 만들 수 있나', 'Can it be rebuilt'),
    w('출처', 'Source'),
  ]
  return [
    {
      unbreakable: true,
      stack: [
        titleOf(w('보도된 값: 맞추지 않음', 'As reported by others: nothing is fitted to it')),
        { text: prose(reportedNote), margin: [0, 0, 0, 4] },
        {
          fontSize: SIZE.table,
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: [60, 120, '*', 120],
            body: [
              head.map((text) => ({ text, fillColor: PALE })),
              ...rows.map(({ name, value, rebuilt, note }): TableCell[] => [
                { text: prose(of(name)), bold: true },
                { text: prose(of(value)) },
                { text: prose(of(rebuilt)) },
                {
                  text: prose(
                    `${(locale === 'ko' && note.sourceKo) || note.source}${note.certainty ? ` (${note.certainty})` : ''}`,
                  ),
                },
              ]),
            ],
          },
          layout: CLOSE,
        },
      ],
    },
  ]
}

function again({ facts, command, commandNotes }: StudyBody, say: Say): Content[] {
  return [
    {
      unbreakable: true,
      stack: [
        titleOf(say.w('다시 계산하기', 'To get the same figures again')),
        {
          table: { widths: ['*'], body: [[{ text: command, fillColor: PALE, margin: [6, 5, 6, 5], bold: true }]] },
          layout: 'noBorders',
          margin: [0, 0, 0, 5],
        },
        ...commandNotes.map((text) => line(text)),
        {
          fontSize: SIZE.table,
          margin: [0, 4, 0, 0],
          table: {
            widths: ['auto', '*'],
            body: facts.map(([name, text]): TableCell[] => [{ text: name, color: SOFT }, { text: prose(text) }]),
          },
          layout: CLOSE,
        },
      ],
    },
  ]
}
