/** Who one is decides what there is to see: without accounts the plan as ever, else a sign-in page, then what the roles show. */
import { lazy, Suspense } from 'react'
import { App } from '../App.tsx'
import { useWords } from '../i18n/words.tsx'
import { useMe } from '../service/people.ts'
import { isPlanScreen, linkTokenOf, screensOf } from '../state/address.ts'
import { AccountsScreen } from './AccountsScreen.tsx'
import { FirmScreen } from './FirmScreen.tsx'
import { Header } from './Header.tsx'
import { LinkScreen } from './LinkScreen.tsx'
import { PasswordScreen } from './PasswordScreen.tsx'
import { SheetsScreen } from './SheetsScreen.tsx'
import { SignInScreen } from './SignInScreen.tsx'
import { SumsScreen } from './SumsScreen.tsx'
import { Boundary, Notice, SkeletonRows } from './states.tsx'
import { useAddress } from './useAddress.ts'

const StudyScreen = lazy(() => import('./studies/StudyScreen.tsx').then((module) => ({ default: module.StudyScreen })))

export function Gate() {
  const { t } = useWords()
  const me = useMe()
  const [{ screen: asked }, , hash] = useAddress()
  const token = linkTokenOf(hash)
  if (!me.data) {
    return (
      <main className="waiting">
        {me.isError ? (
          <Notice bad icon="unplug" title={t.states.downTitle} text={t.states.downEmpty}>
            <button type="button" className="button primary large" onClick={() => void me.refetch()}>
              {t.states.reconnect}
            </button>
          </Notice>
        ) : (
          <SkeletonRows rows={8} />
        )}
      </main>
    )
  }
  const { accounts, person } = me.data
  if (!accounts) return <App />
  // whoever is signed in: a link is for the one it was given to
  if (token !== undefined) return <LinkScreen token={token} />
  if (!person) return <SignInScreen />

  const screens = screensOf(me.data)
  const screen = asked === 'password' || screens.includes(asked) ? asked : screens[0]
  const broken = (error: Error) => <Notice bad icon="alert" title={t.states.brokenTitle} text={error.message} />
  // a policymaker plans no complex: nothing of one is asked for
  if (screen === 'study' && !screens.includes('plan'))
    return (
      <div className="app">
        <Header screen={screen} />
        <Boundary fallback={broken}>
          <Suspense fallback={<SkeletonRows rows={8} />}>
            <StudyScreen />
          </Suspense>
        </Boundary>
      </div>
    )
  if (screen !== undefined && isPlanScreen(screen)) return <App />
  return (
    <div className="app">
      <Header screen={screen ?? 'password'} />
      <Boundary key={screen} fallback={broken}>
        <main className="compare people scroll">
          {screen === 'accounts' && <AccountsScreen />}
          {screen === 'firm' && <FirmScreen person={person} />}
          {screen === 'sheets' && <SheetsScreen person={person} />}
          {screen === 'sums' && <SumsScreen />}
          {screen === 'password' && <PasswordScreen />}
          {screen === undefined && <Notice icon="person" title={t.people.noRole} text={t.people.noRoleText} />}
        </main>
      </Boundary>
    </div>
  )
}
