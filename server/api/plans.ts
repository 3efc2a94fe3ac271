/** Plans and what is worked out of them. */
import { type Static, Type } from 'typebox'
import { CertificateSchema, FootprintSchema, IssueSchema, PlanSchema, SourceLineSchema } from '../../solver/index.ts'
import { strict } from './common.ts'

const PLAN_STATES = ['draft', 'confirmed', 'withdrawn'] as const
const planHead = {
  id: Type.String(),
  problem: Type.String(),
  version: Type.Integer({
    description: 'grows with every change; also the ETag, which a change sends back as If-Match',
  }),
  state: Type.Enum(PLAN_STATES, {
    description: 'confirmed: the carrier drives it, and it no longer changes; withdrawn: it was confirmed once',
  }),
  changedAt: Type.String({ format: 'date-time' }),
  changedBy: Type.String(),
}
/** GET /plans/:plan; PUT /plans/:plan takes an edited PlanSchema, POST /plans/:plan/confirm and /withdraw nothing */
export const StoredPlanSchema = Type.Object(
  { ...planHead, plan: PlanSchema, certificate: Type.Optional(CertificateSchema) },
  strict,
)
/** GET /plans */
export const PlanSummarySchema = Type.Object(
  {
    ...planHead,
    complex: Type.String(),
    costKrw: Type.Integer(),
    lowerKrw: Type.Optional(Type.Integer({ description: 'no plan of the problem costs less: proved' })),
  },
  strict,
)

/** GET /plans/:plan/footprint */
export const FootprintAnswerSchema = Type.Object(
  {
    version: Type.Integer({ description: 'of the plan that it holds for' }),
    ...FootprintSchema.properties,
    sources: Type.Array(SourceLineSchema),
  },
  strict,
)

/** POST /plans/import answers 201 with this, or 422 with every check that failed. */
export const AdmittedPlanSchema = Type.Object(
  {
    plan: Type.String(),
    problem: Type.String(),
    certificate: Type.Enum(['yes', 'no', 'unproved', 'none'], {
      description: 'yes: proved again here. unproved: it was not, and was left out. none: the file had no certificate',
    }),
    warnings: Type.Array(IssueSchema),
  },
  strict,
)

/** GET /plans/:plan/geojson and GET /roads are GeoJSON FeatureCollections (RFC 7946). */
export const GeoJsonSchema = Type.Unsafe<{ type: 'FeatureCollection'; features: GeoFeature[]; simplified?: boolean }>(
  Type.Object({
    type: Type.Literal('FeatureCollection'),
    features: Type.Array(Type.Unknown()),
    simplified: Type.Optional(Type.Boolean({ description: 'true: a higher zoom would show more of its lines' })),
  }),
)
export interface GeoFeature {
  readonly type: 'Feature'
  readonly geometry:
    | { readonly type: 'LineString'; readonly coordinates: (readonly [number, number])[] }
    | { readonly type: 'Point'; readonly coordinates: readonly [number, number] }
  /**
   * Lines of a plan: route (id), number (1..), vehicle, leg (0..), straight, estimated (true: so are its figures), lane (0.., beside others on the same road). Points of a plan: route, number, vehicle, stop (index in
   * route.stops; null at the garage), sequence (1.. at stops, 0 at the start), site, name, kind: start, pickup, delivery, both, end.
   * Roads: kind, road_no, name.
   */
  readonly properties: Record<string, string | number | boolean | null>
}

/** How to drive a route, leg by leg. */
export const GuideSchema = Type.Object(
  {
    source: Type.String({ description: 'of the roads' }),
    estimated: Type.Boolean({ description: 'true: its minutes and metres are estimates' }),
    legs: Type.Array(
      Type.Object(
        {
          from: Type.String(),
          to: Type.String(),
          stop: Type.Union([Type.Integer(), Type.Null()], {
            description: 'of the route, from 0; null: back at the start',
          }),
          durationS: Type.Integer(),
          distanceM: Type.Integer(),
          steps: Type.Array(
            Type.Object(
              {
                text: Type.String(),
                distanceM: Type.Integer({ description: 'to the next one' }),
                durationS: Type.Integer(),
                lng: Type.Number(),
                lat: Type.Number(),
              },
              strict,
            ),
            { description: 'turn by turn; empty where the roads have no streets' },
          ),
        },
        strict,
      ),
    ),
  },
  strict,
)
export type StoredPlan = Static<typeof StoredPlanSchema>
export type GeoJson = Static<typeof GeoJsonSchema>
export type Guide = Static<typeof GuideSchema>
export type FootprintAnswer = Static<typeof FootprintAnswerSchema>
