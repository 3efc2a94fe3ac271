/** Orders on their way in, and the orders of a day that stands. */
import { type Static, Type } from 'typebox'
import { IssueSchema } from '../../solver/index.ts'
import { strict } from './common.ts'

/** A cell holds so many characters at most. */
const Rows = Type.Array(Type.Array(Type.String({ maxLength: 4000 }), { maxItems: 300 }), { maxItems: 50_000 })
/** In place of a file: the cells of a grid, the row with the names of the columns among them. */
export const OrderRowsSchema = Type.Object(
  {
    rows: Rows,
    skip: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1 }), {
        maxItems: 50_000,
        description: 'rows that are left out, the first is 1; merged cells still reach the rows below them',
      }),
    ),
  },
  strict,
)

const Column = Type.Integer({ description: 'of the file, the first is 0' })
const FixSchema = Type.Object(
  {
    label: Type.String(),
    sure: Type.Optional(Type.Literal(true, { description: 'hardly anybody would mend it otherwise' })),
    cells: Type.Optional(
      Type.Array(Type.Object({ row: Type.Integer(), column: Column, text: Type.String() }, strict), {
        description: 'what these cells would say',
      }),
    ),
    read: Type.Optional(
      Type.Object(
        { field: Type.String(), column: Type.String({ description: 'its name' }) },
        { ...strict, description: 'reads the column as this, in all rows: an entry of `mapping`' },
      ),
    ),
    skip: Type.Optional(Type.Integer({ description: 'leaves this row out' })),
  },
  strict,
)
/** POST /imports/check: nothing is stored. */
export const ReviewSchema = Type.Object(
  {
    format: Type.Optional(Type.Enum(['csv', 'xlsx'])),
    sheet: Type.Optional(Type.String()),
    sheets: Type.Optional(Type.Array(Type.String())),
    headerRow: Type.Optional(Type.Integer({ description: 'the first row is 1; absent: none was found' })),
    columns: Type.Array(
      Type.Object(
        {
          index: Column,
          name: Type.String(),
          unit: Type.String({ description: 'as its name says it: 중량(톤); or may be empty' }),
          field: Type.Optional(Type.String({ description: 'what it is read as; absent: it is not read' })),
          guesses: Type.Array(
            Type.Object({ field: Type.String(), score: Type.Number({ description: '0 to 1' }) }, strict),
          ),
        },
        strict,
      ),
    ),
    rows: Type.Array(Type.Array(Type.String()), { description: 'every cell of a file; of rows that were sent: none' }),
    mapping: Type.Record(Type.String(), Type.String(), { description: 'proposed for columns that are not understood' }),
    missing: Type.Array(Type.String(), { description: 'fields without which no row can be read' }),
    issues: Type.Array(
      Type.Object(
        {
          ...IssueSchema.properties,
          cell: Type.Optional(Column),
          fixes: Type.Array(FixSchema, { description: 'best first' }),
        },
        strict,
      ),
    ),
    readAs: Type.Array(
      Type.Object(
        {
          kind: Type.String({
            description: 'wide: full-width signs; unit, date, time, name: written in another way; above: merged cell',
          }),
          column: Column,
          from: Type.String(),
          to: Type.String(),
          rows: Type.Array(Type.Integer()),
        },
        strict,
      ),
      { description: 'what was read otherwise than it stands there' },
    ),
    faulty: Type.Array(Type.Integer(), { description: 'rows that would not be imported' }),
    waiting: Type.Array(Type.Integer(), { description: 'rows that would wait for their address' }),
    orders: Type.Integer({ description: 'that would be imported' }),
    days: Type.Array(Type.Object({ date: Type.String(), orders: Type.Integer() }, strict)),
    rejected: Type.Optional(
      Type.Object(
        { name: Type.String(), type: Type.String(), base64: Type.String() },
        {
          ...strict,
          description: 'where it was asked for: rows that would not be imported, with what is wrong, as a workbook',
        },
      ),
    ),
    weights: Type.Optional(
      Type.Object(
        {
          column: Column,
          read: Type.Enum(['kg', 't']),
          stated: Type.Boolean({ description: 'the unit is told by the name of the column, or was given' }),
          bare: Type.Integer({ description: 'weights without a unit of their own' }),
          small: Type.Integer({ description: 'of these, below 20' }),
        },
        strict,
      ),
    ),
  },
  strict,
)

/** GET /complexes/:id/days/:date/orders */
export const DayOrdersSchema = Type.Object(
  {
    date: Type.String(),
    problem: Type.Union([Type.String(), Type.Null()], { description: 'also the ETag; null: the day has no orders' }),
    rows: Type.Array(Type.Array(Type.String()), {
      description: 'the names of the columns, then one row an order; an import reads them as they are',
    }),
  },
  strict,
)
/** PATCH /complexes/:id/days/:date/orders */
export const OrderChangeSchema = Type.Object(
  {
    rows: Type.Optional(Rows),
    remove: Type.Optional(
      Type.Object(
        {
          orders: Type.Optional(Type.Array(Type.String({ maxLength: 90 }), { maxItems: 20_000 })),
          firms: Type.Optional(
            Type.Array(Type.String({ maxLength: 90 }), { maxItems: 5000, description: 'all their orders of this day' }),
          ),
        },
        strict,
      ),
    ),
  },
  {
    ...strict,
    description: 'rows: the names of the columns, then orders that are new or take the place of their number',
  },
)
/** The answer. */
export const DayChangedSchema = Type.Object(
  {
    date: Type.String(),
    problem: Type.Union([Type.String(), Type.Null()]),
    before: Type.Union([Type.String(), Type.Null()], {
      description: 'what stood for the day; PUT …/days with it undoes the change',
    }),
    shipments: Type.Integer(),
    added: Type.Integer(),
    changed: Type.Integer(),
    removed: Type.Integer(),
    held: Type.Integer({ description: 'orders that wait for their address' }),
  },
  strict,
)

export type OrderRows = Static<typeof OrderRowsSchema>
export type Review = Static<typeof ReviewSchema>
export type DayOrders = Static<typeof DayOrdersSchema>
export type OrderChange = Static<typeof OrderChangeSchema>
export type DayChanged = Static<typeof DayChangedSchema>
