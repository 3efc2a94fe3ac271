/** People, keys and what they may do. */
import { type Static, Type } from 'typebox'
import { KEY_SCOPES, ROLES } from '../access.ts'
import { Names, strict } from './common.ts'

const Role = Type.Enum(ROLES)
/** What a person is, of a complex or of the whole service. */
export const MemberSchema = Type.Object(
  {
    id: Type.String(),
    role: Role,
    complex: Type.Union([Type.String(), Type.Null()], { description: 'of a coordinator, a firm member, a carrier' }),
    firm: Type.Union([Type.String(), Type.Null()], { description: 'of a firm member' }),
    carrier: Type.Union([Type.String(), Type.Null()], { description: 'of a member of a carrier' }),
  },
  strict,
)
/** GET /me */
export const MeSchema = Type.Object(
  {
    accounts: Type.Boolean({ description: 'false: no accounts; who reaches this computer may everything' }),
    person: Type.Union([
      Type.Object(
        {
          email: Type.String(),
          name: Type.String(),
          members: Type.Array(
            Type.Object(
              {
                ...MemberSchema.properties,
                complexName: Type.Union([Names, Type.Null()]),
                firmName: Type.Union([Type.String(), Type.Null()]),
                carrierName: Type.Union([Type.String(), Type.Null()]),
              },
              strict,
            ),
          ),
        },
        strict,
      ),
      Type.Null({ description: 'not signed in' }),
    ]),
  },
  strict,
)
const Email = Type.String({ maxLength: 200 })
const Password = Type.String({ maxLength: 500 })
/** POST /session signs in, DELETE /session signs out */
export const SignInSchema = Type.Object({ email: Email, password: Password }, strict)
export const PasswordChangeSchema = Type.Object({ current: Password, next: Password }, strict)
/** POST /links/read, POST /links/use: a link that sets a password once */
const Token = Type.String({ minLength: 20, maxLength: 100 })
export const LinkSchema = Type.Object({ token: Token }, strict)
export const LinkForSchema = Type.Object(
  {
    email: Type.Union([Type.String(), Type.Null()], { description: 'null: of the first administrator, who gives one' }),
  },
  strict,
)
export const LinkUseSchema = Type.Object(
  {
    token: Token,
    password: Password,
    email: Type.Optional(Email),
    name: Type.Optional(Type.String({ maxLength: 80 })),
  },
  strict,
)
export const EmailSchema = Type.Object({ email: Type.String() }, strict)

/** What a role is given with; what it needs beside itself depends on it. */
export const RoleSchema = Type.Object(
  {
    role: Role,
    complex: Type.Optional(Type.String({ maxLength: 90 })),
    firm: Type.Optional(Type.String({ maxLength: 90 })),
    carrier: Type.Optional(Type.String({ maxLength: 90, description: 'of a member of a carrier' })),
  },
  strict,
)
/** POST /accounts */
export const NewAccountSchema = Type.Object(
  { email: Email, name: Type.String({ minLength: 1, maxLength: 80 }), ...RoleSchema.properties },
  strict,
)
export const AccountSchema = Type.Object(
  {
    id: Type.String(),
    email: Type.String(),
    name: Type.String(),
    active: Type.Boolean({ description: 'false: the first password was not set yet' }),
    members: Type.Array(MemberSchema, { description: 'of the complexes that who asks looks after' }),
    link: Type.Optional(Type.String({ description: 'token that sets the password once; shown here and never again' })),
  },
  strict,
)
/** GET /accounts */
export const AccountsSchema = Type.Object(
  {
    accounts: Type.Array(AccountSchema),
    complexes: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: Names,
          openToPolicy: Type.Boolean({ description: 'policymakers see its sums' }),
          firms: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
          carriers: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }, strict)),
        },
        strict,
      ),
    ),
    roles: Type.Array(Role, { description: 'that who asks may give' }),
  },
  strict,
)
/** PUT /complexes/:complex/policy */
export const OpenToPolicySchema = Type.Object({ open: Type.Boolean() }, strict)

const Scopes = Type.Array(Type.Enum(KEY_SCOPES), { minItems: 1, maxItems: KEY_SCOPES.length })
/** POST /keys */
export const NewKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    scopes: Scopes,
    complexes: Type.Array(Type.String({ maxLength: 90 }), { minItems: 1, maxItems: 500 }),
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650, default: 365, description: 'that it holds' })),
  },
  strict,
)
export const KeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    scopes: Type.Array(Type.Enum(KEY_SCOPES)),
    complexes: Type.Array(Type.String()),
    madeBy: Type.String(),
    createdAt: Type.String(),
    expiresAt: Type.Union([Type.String(), Type.Null()]),
    lastUsedAt: Type.Union([Type.String(), Type.Null()]),
    revokedAt: Type.Union([Type.String(), Type.Null()]),
    key: Type.Optional(Type.String({ description: 'Authorization: Bearer …; shown here and never again' })),
  },
  strict,
)

export type Me = Static<typeof MeSchema>
export type NewAccount = Static<typeof NewAccountSchema>
export type Account = Static<typeof AccountSchema>
export type AccountList = Static<typeof AccountsSchema>
export type RoleGiven = Static<typeof RoleSchema>
export type NewKey = Static<typeof NewKeySchema>
export type ApiKey = Static<typeof KeySchema>
