/** Order files. */
import { type Static, Type } from 'typebox'
import { IssueSchema } from '../../solver/index.ts'
import { strict } from './common.ts'
import { DaySchema } from './complexes.ts'

/** Our field → name of the column in the file, to be sent as JSON in `mapping`. */
const MappingSchema = Type.Record(Type.String(), Type.String())

/** POST /imports?complex=…&name=… (the file as body with any of the media types of sheets, or as a multipart form) */
export const ImportResultSchema = Type.Object(
  {
    days: Type.Array(
      Type.Object(
        {
          ...DaySchema.properties,
          before: Type.Optional(Type.String({ description: 'the problem that stood for the day: undoes it' })),
        },
        strict,
      ),
      { description: 'problems made of the rows that were right' },
    ),
    rows: Type.Integer(),
    accepted: Type.Integer(),
    issues: Type.Array(IssueSchema),
    added: Type.Optional(Type.Integer({ description: 'orders that the days did not have before' })),
    replaced: Type.Optional(Type.Array(Type.String(), { description: 'numbers of orders that the days had already' })),
    learned: Type.Optional(MappingSchema),
    rejected: Type.Optional(
      Type.Object(
        {
          rows: Type.Integer(),
          name: Type.String({ description: 'for saving it' }),
          type: Type.String({ description: 'media type' }),
          base64: Type.String({ description: 'the file: correct it and send it again with mode=add' }),
        },
        { ...strict, description: 'the rows that could not be used, with what is wrong beside them; absent: none' },
      ),
    ),
  },
  strict,
)

/** POST /imports/preview: what the file would be read as. Nothing is stored. */
export const PreviewSchema = Type.Object(
  {
    format: Type.Optional(Type.Enum(['csv', 'xlsx'])),
    encoding: Type.Optional(Type.String()),
    sheet: Type.Optional(Type.String({ description: 'the sheet that is read' })),
    sheets: Type.Optional(Type.Array(Type.String())),
    headerRow: Type.Optional(Type.Integer({ description: 'the first row of the file is 1; absent: none was found' })),
    headers: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          index: Type.Integer(),
          field: Type.Optional(Type.String({ description: 'what it is read as' })),
          guesses: Type.Array(
            Type.Object({ field: Type.String(), score: Type.Number({ description: '0 to 1' }) }, strict),
            { description: 'of a column that is not understood, best first' },
          ),
        },
        strict,
      ),
    ),
    rows: Type.Array(Type.Array(Type.String()), { description: 'the first five' }),
    mapping: MappingSchema,
    missing: Type.Array(Type.Object({ field: Type.String(), names: Type.Array(Type.String()) }, strict), {
      description: 'without these no row can be read, even with the proposed mapping',
    }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)

export type ImportResult = Static<typeof ImportResultSchema>
