/** Statements differ by the columns and the number of values they have; beyond so many they go unnamed. */
const NAMED_MOST = 500

/** The name of a statement, where it has one. */
export type PlanName = (text: string) => string | undefined

/**
 * The names under which the connections of a pool keep the plans of statements: to plan one costs PostgreSQL more than to
 * run it. Only for a server of our own, where no pooler in between hands the next transaction to another connection.
 */
export function planNames(): PlanName {
  const names = new Map<string, string>()
  return (text) => {
    const known = names.get(text)
    if (known !== undefined || names.size >= NAMED_MOST) return known
    const name = `s${String(names.size)}`
    names.set(text, name)
    return name
  }
}

export const withoutNames: PlanName = () => undefined
