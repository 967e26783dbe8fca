import { Route, Router, Switch } from 'wouter-preact'
import { useHashLocation } from 'wouter-preact/use-hash-location'
import { me } from './api/session.ts'
import { isLocked } from './device/idle.ts'
import { key } from './device/vault.ts'
import { AgendaPage } from './pages/agenda.tsx'
import { CasesPage } from './pages/cases.tsx'
import { DraftPage } from './pages/draft.tsx'
import { HomePage } from './pages/home.tsx'
import { IntakePage } from './pages/intake.tsx'
import { OwnReportPage } from './pages/own-report.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { TriagePage } from './pages/triage.tsx'
import { UnlockPage } from './pages/unlock.tsx'
import { Frame } from './parts/frame.tsx'
import { later } from './parts/later.tsx'

const CasePage = later<{ id: string }>(() => import('./case/page.tsx').then((file) => file.CasePage))
const SearchPage = later(() => import('./case/search.tsx').then((file) => file.SearchPage))

/** Pages are behind the `#`, so that no address of a page is ever sent to a server. */
export function App() {
  return (
    <Router hook={useHashLocation}>
      <Frame>{isLocked.value ? <UnlockPage /> : <Pages />}</Frame>
    </Router>
  )
}

const Pages = () => (
  <Switch>
    <Route path="/sign-in" component={SignInPage} />
    <Route path="/drafts/:id">{({ id }) => <OnDevice>{() => <DraftPage id={id} />}</OnDevice>}</Route>
    <Route path="/reports/:id">{({ id }) => <SignedIn>{() => <OwnReportPage id={id} />}</SignedIn>}</Route>
    <Route path="/intake">{() => <SignedIn>{() => <IntakePage />}</SignedIn>}</Route>
    <Route path="/intake/:id">{({ id }) => <SignedIn>{() => <TriagePage id={id} />}</SignedIn>}</Route>
    <Route path="/agenda">{() => <SignedIn>{() => <AgendaPage />}</SignedIn>}</Route>
    <Route path="/cases">{() => <SignedIn>{() => <CasesPage />}</SignedIn>}</Route>
    <Route path="/search">{() => <SignedIn>{() => <SearchPage />}</SignedIn>}</Route>
    <Route path="/cases/:id">{({ id }) => <SignedIn>{() => <CasePage id={id} />}</SignedIn>}</Route>
    <Route>{() => <OnDevice>{() => <HomePage />}</OnDevice>}</Route>
  </Switch>
)

type Gate = { readonly children: () => preact.ComponentChildren }

/** What needs the drafts of the device. */
const OnDevice = ({ children }: Gate) => (key.value === undefined ? <UnlockPage /> : <>{children()}</>)

/** What needs the server. */
const SignedIn = ({ children }: Gate) => (me.value === undefined ? <SignInPage /> : <>{children()}</>)
