/** People and their roles, from the command line of the machine that keeps the data: how the first administrator comes in, and the way back for one who is locked out. */
import { ROLES } from '../access.ts'
import { Refusal } from '../errors.ts'
import { type AccountDesk, withAccounts } from '../main.ts'
import type { NewMember } from '../store/accounts.ts'
import { type Command, EXIT, oneOf, readArguments, type Terminal, wrongUse } from './command.ts'

const form = 'account add|list|role|remove|reset-password --email name@example.com'
const ACTS = ['add', 'list', 'role', 'remove', 'reset-password'] as const
const STRINGS = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  complex: { type: 'string' },
  firm: { type: 'string' },
  carrier: { type: 'string' },
} as const

const WHICH = { ko: `무엇을 할지 적으세요: ${ACTS.join(', ')}.`, en: `Say what to do: ${ACTS.join(', ')}.` }

interface Given {
  readonly email?: string | undefined
  readonly name?: string | undefined
  readonly role?: string | undefined
  readonly complex?: string | undefined
  readonly firm?: string | undefined
  readonly carrier?: string | undefined
  readonly json?: boolean | undefined
}

export const accountCommand: Command = {
  form,
  summary: { ko: '계정과 역할을 다룬다', en: 'look after accounts and roles' },
  options: [
    ['--email', { ko: '누구의 계정인가', en: 'whose account' }],
    ['--name', { ko: 'add: 이름', en: 'add: the name' }],
    ['--role', { ko: `add, role: ${ROLES.join(', ')}`, en: `add, role: ${ROLES.join(', ')}` }],
    ['--complex', { ko: '담당자, 기업 회원, 운송사의 단지', en: 'of a coordinator, a firm member or a carrier' }],
    ['--firm', { ko: '기업 회원의 기업', en: 'of a firm member' }],
    [
      '--carrier',
      { ko: '운송사 회원의 운송사 (단지 자료의 id)', en: 'of a member of a carrier: its id in the complex' },
    ],
  ],
  notes: {
    ko: '자료 폴더를 쓰는 서비스가 열려 있으면 먼저 끝내세요 (한 폴더에 프로그램 하나). DATABASE_URL 을 쓰면 열린 채로 됩니다.\nadd 와 reset-password 는 비밀번호를 정하는 한 번짜리 주소를 알려 줍니다. 정해진 비밀번호는 어디에도 없습니다.',
    en: 'End a service that uses the data folder first (one program a folder); with DATABASE_URL it may run on.\nadd and reset-password print a one-time link that sets the password. There is no default password anywhere.',
  },
  async run(args, terminal) {
    const { values, positionals } = readArguments(args, form, STRINGS, 0, 1)
    const act = ACTS.find((known) => known === positionals[0])
    if (act === undefined) throw wrongUse(form, WHICH)
    await withAccounts(async (desk) => await perform(desk, act, values, terminal))
    return EXIT.done
  },
}

async function perform(desk: AccountDesk, act: (typeof ACTS)[number], given: Given, terminal: Terminal): Promise<void> {
  const { accounts, scope } = desk
  const { people } = accounts
  const { print, note, locale } = terminal
  if (act === 'list') return await list(desk, given, terminal)
  const email = given.email ?? missing('--email')
  const known = await people.person({ email: email.trim().toLowerCase() })
  if (act === 'add') {
    const member = await readRole(desk, given, terminal)
    const person = await accounts.addPerson(scope, email, given.name ?? email, member)
    if (!person.active) await printLink(desk, person.id, terminal)
    else
      note(locale === 'ko' ? '이미 있던 계정에 역할을 더했습니다.' : 'The account was there; it has one more role now.')
    return
  }
  if (!known) throw noAccount(email)
  if (act === 'role') {
    const member = await readRole(desk, given, terminal)
    const [only, ...more] = known.members
    if (only && more.length === 0) await people.changeMember(scope, known, only.id, member)
    else await people.addMember(scope, known, member)
  }
  if (act === 'remove')
    await people.removeMembers(
      scope,
      known,
      known.members.map(({ id }) => id),
    )
  if (act === 'reset-password') return await printLink(desk, known.id, terminal)
  print(`${known.email}: ${act === 'remove' ? (locale === 'ko' ? '지웠습니다' : 'removed') : given.role}`)
}

async function list({ accounts }: AccountDesk, { json }: Given, { print, note, locale }: Terminal): Promise<void> {
  const people = await accounts.people.people()
  if (json) return print(JSON.stringify(people))
  if (people.length === 0) note(locale === 'ko' ? '계정이 없습니다.' : 'There are no accounts.')
  for (const { email, name, active, members } of people) {
    const roles = members.map(({ role, complex, firm, carrier }) =>
      [role, complex, firm, carrier].filter(Boolean).join(' '),
    )
    const state = active ? '' : locale === 'ko' ? ' (비밀번호 없음)' : ' (no password yet)'
    print(`${email}  ${name}  ${roles.join(', ')}${state}`)
  }
}

async function printLink({ accounts, scope, linkTo }: AccountDesk, id: string, { print, note, locale }: Terminal) {
  note(
    locale === 'ko'
      ? '이 주소에서 비밀번호를 정합니다 (한 번, 72시간):'
      : 'The password is set here (once, within 72 hours):',
  )
  print(linkTo(await accounts.passwordLink(scope, id)))
}

async function readRole({ readMember }: AccountDesk, given: Given, { locale }: Terminal): Promise<NewMember> {
  const role = oneOf('role', given.role ?? missing('--role'), ROLES, form)
  const { complex, firm, carrier } = given
  return await readMember(
    { role, ...(complex && { complex }), ...(firm && { firm }), ...(carrier && { carrier }) },
    locale,
  )
}

function missing(option: string): never {
  throw wrongUse(form, { ko: `${option} 이(가) 빠졌습니다.`, en: `${option} is missing.` })
}

const noAccount = (email: string): Refusal =>
  new Refusal(404, 'account.unknown', {
    ko: `${email} 계정이 없습니다. account list 로 확인하세요.`,
    en: `There is no account ${email}. Look with account list.`,
  })
