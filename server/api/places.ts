/** Addresses and where they are. */
import { type Static, Type } from 'typebox'
import { IssueSchema, PRECISIONS } from '../../solver/index.ts'
import { ADDRESS_STATES, WAIT_REASONS } from '../placeStates.ts'
import { strict } from './common.ts'
import { DaySchema } from './complexes.ts'

const Lng = Type.Number({ minimum: -180, maximum: 180 })
const Lat = Type.Number({ minimum: -90, maximum: 90 })
/** PUT /places/:id */
export const PointSchema = Type.Object({ lng: Lng, lat: Lat }, strict)
/** POST /places?complex=… */
export const NewPlaceSchema = Type.Object(
  {
    address: Type.String({ minLength: 1, maxLength: 300, pattern: '\\S' }),
    name: Type.Optional(Type.String({ maxLength: 200, description: 'of the place' })),
    lng: Lng,
    lat: Lat,
  },
  strict,
)
/** An address that the complex does not know as a place. */
export const PlaceSchema = Type.Object(
  {
    id: Type.String(),
    address: Type.String(),
    name: Type.String({ description: 'of the place, as an order has it; may be empty' }),
    state: Type.Enum(ADDRESS_STATES, {
      description:
        'waiting: its orders are not planned; guess: planned at a point that is estimated; placed: remembered',
    }),
    reason: Type.Optional(
      Type.Enum(WAIT_REASONS, {
        description:
          'why it waits. nothing: not found; gwangju: 광주광역시 or 경기 광주시; elsewhere: found in another province; several: fits several places',
      }),
    ),
    lng: Type.Optional(Lng),
    lat: Type.Optional(Lat),
    precision: Type.Optional(Type.Enum(PRECISIONS, { description: 'of a guess' })),
    source: Type.Optional(Type.String({ description: 'hand, file, or who has guessed it' })),
    neededBy: Type.Optional(
      Type.Object(
        { file: Type.String(), rows: Type.Array(Type.Integer()) },
        { ...strict, description: 'the last import with it' },
      ),
    ),
    changedAt: Type.String(),
    changedBy: Type.String(),
  },
  strict,
)
/** GET /places?complex=… */
export const PlacesSchema = Type.Object(
  {
    items: Type.Array(PlaceSchema),
    next: Type.Optional(Type.Integer()),
    counts: Type.Object(
      { waiting: Type.Integer(), guess: Type.Integer(), placed: Type.Integer() },
      { ...strict, description: 'over all pages' },
    ),
    orders: Type.Object(
      {
        waiting: Type.Integer({ description: 'kept from imports because of an address' }),
        ready: Type.Integer({ description: 'of these, whose addresses are all placed by now' }),
      },
      strict,
    ),
  },
  strict,
)
/** POST /places/orders?complex=… */
export const JoinedSchema = Type.Object(
  {
    days: Type.Array(DaySchema),
    joined: Type.Integer({ description: 'orders that are in a problem now' }),
    left: Type.Integer({ description: 'orders that still wait' }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)
/** GET /places/:id/candidates */
export const CandidatesSchema = Type.Object(
  {
    candidates: Type.Array(
      Type.Object(
        {
          lng: Lng,
          lat: Lat,
          precision: Type.Enum(PRECISIONS),
          label: Type.String({ description: 'the address as the source has it' }),
          source: Type.String(),
          withinM: Type.Optional(Type.Integer({ description: 'how far off it may be' })),
        },
        strict,
      ),
    ),
    failures: Type.Array(Type.String(), { description: 'services that did not answer' }),
  },
  strict,
)
/** POST /places/import?complex=…&name=… (the file as body) */
export const PlacesImportSchema = Type.Object(
  {
    rows: Type.Integer(),
    placed: Type.Integer(),
    kept: Type.Integer({ description: 'rows whose address somebody has placed by hand: that holds' }),
    issues: Type.Array(IssueSchema),
  },
  strict,
)

export type Place = Static<typeof PlaceSchema>
export type Places = Static<typeof PlacesSchema>
export type PlacesImport = Static<typeof PlacesImportSchema>
export type Joined = Static<typeof JoinedSchema>
export type Candidates = Static<typeof CandidatesSchema>
