import { sayCase, sayCaseCode } from '../words/case.ts'

type Props = {
  readonly rule: { readonly row: string; readonly certainty: string; readonly sources: readonly string[] }
}

/** The row of reference that something was computed from, how sure it is, and its sources. */
export const RuleBehind = ({ rule: { row, certainty, sources } }: Props) => (
  <details>
    <summary>
      {sayCase('deadlines.rule')}: {row} · {sayCaseCode('certainty', certainty)}
    </summary>
    <ul>
      {sources.map((source) => (
        <li key={source}>{source}</li>
      ))}
    </ul>
  </details>
)
