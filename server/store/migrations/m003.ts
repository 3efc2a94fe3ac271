/**
 * Who may come in: the tables of better-auth as it asks for them (a test holds them against the installed version), who is what in which complex,
 * links to set a password, tries to sign in, keys of machines; and the figures of a confirmed plan that firms and policymakers are shown.
 */
import { type Kysely, sql } from 'kysely'

/** As `compileMigrations` of better-auth 1.7.25 writes them for auth.ts. */
const AUTH_TABLES = [
  `create table "auth_users" ("id" text not null primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null, "image" text, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz default CURRENT_TIMESTAMP not null)`,
  `create table "auth_sessions" ("id" text not null primary key, "expiresAt" timestamptz not null, "token" text not null unique, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "userId" text not null references "auth_users" ("id") on delete cascade)`,
  `create table "auth_accounts" ("id" text not null primary key, "accountId" text not null, "providerId" text not null, "userId" text not null references "auth_users" ("id") on delete cascade, "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz not null)`,
  `create table "auth_verifications" ("id" text not null primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null, "createdAt" timestamptz default CURRENT_TIMESTAMP not null, "updatedAt" timestamptz default CURRENT_TIMESTAMP not null)`,
  `create index "auth_sessions_userId_idx" on "auth_sessions" ("userId")`,
  `create index "auth_accounts_userId_idx" on "auth_accounts" ("userId")`,
  `create index "auth_verifications_identifier_idx" on "auth_verifications" ("identifier")`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of AUTH_TABLES) await sql.raw(statement).execute(db)

  await db.schema
    .createTable('members')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.notNull().references('auth_users.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull())
    .addColumn('complex', 'text', (column) => column.references('complexes.id'))
    .addColumn('firm', 'text')
    .addColumn('vehicles', 'json', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .execute()
  // one role once in a complex, but for a person who speaks for several firms
  await sql`create unique index members_once on members (user_id, role, coalesce(complex, ''), coalesce(firm, ''))`.execute(
    db,
  )
  await db.schema.createIndex('members_of_complex').on('members').column('complex').execute()

  await db.schema
    .createTable('password_links')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', (column) => column.references('auth_users.id').onDelete('cascade'))
    .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('created_by', 'text', (column) => column.notNull())
    .execute()

  await db.schema
    .createTable('sign_in_tries')
    .addColumn('seq', 'bigserial', (column) => column.primaryKey())
    .addColumn('account', 'text', (column) => column.notNull())
    .addColumn('address', 'text', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .execute()
  await db.schema.createIndex('tries_of_account').on('sign_in_tries').columns(['account', 'at']).execute()
  await db.schema.createIndex('tries_of_address').on('sign_in_tries').columns(['address', 'at']).execute()

  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('seq', 'bigserial', (column) => column.notNull().unique())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('scopes', 'json', (column) => column.notNull())
    .addColumn('complexes', 'json', (column) => column.notNull())
    .addColumn('made_by', 'text', (column) => column.notNull().references('auth_users.id').onDelete('cascade'))
    .addColumn('created_at', 'timestamptz', (column) => column.notNull())
    .addColumn('expires_at', 'timestamptz')
    .addColumn('last_used_at', 'timestamptz')
    .addColumn('revoked_at', 'timestamptz')
    .execute()

  await db.schema
    .createTable('plan_figures')
    .addColumn('plan', 'text', (column) => column.primaryKey().references('plans.id').onDelete('cascade'))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('data', 'json', (column) => column.notNull())
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .execute()
}
