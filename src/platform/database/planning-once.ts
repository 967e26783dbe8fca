/** Statements differ by the columns and the number of values they have; beyond so many they go unnamed. */
const NAMED_MOST = 500
const names = new Map<string, string>()

/**
 * The name under which a connection keeps the plan of a statement: to plan one costs PostgreSQL more than to run it. Only
 * for a server of our own, where no pooler in between hands the next transaction to another connection.
 */
export function planName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMED_MOST) return known
  const name = `s${String(names.size)}`
  names.set(text, name)
  return name
}
