/** Days before a deadline or the day of a task at which one is reminded, the nearest first; 0 means that it is over. */
const THRESHOLDS = [1, 7, 14, 30] as const
export const FARTHEST = 30
const OVERDUE = 0

/** The threshold that a deadline is within; undefined while it is farther away. */
export function thresholdOf(daysLeft: number): number | undefined {
  return daysLeft < 0 ? OVERDUE : THRESHOLDS.find((days) => daysLeft <= days)
}

const words: readonly (readonly [threshold: number, russian: string, english: string])[] = [
  [0, 'просрочено', 'overdue'],
  [1, 'до завтра', 'by tomorrow'],
  [7, 'за 7 дней', 'within 7 days'],
  [14, 'за 14 дней', 'within 14 days'],
  [30, 'за 30 дней', 'within 30 days'],
]

/** Numbers alone, in both languages: nothing of whom, of what or of which case, nor which of the two it is. */
export function letterOf(thresholds: readonly number[]): string {
  const counts = words.flatMap(([threshold, russian, english]) => {
    const count = thresholds.filter((one) => one === threshold).length
    return count === 0 ? [] : [{ russian: `${russian}: ${String(count)}`, english: `${english}: ${String(count)}` }]
  })
  const russian = counts.map((count) => count.russian).join(', ')
  const english = counts.map((count) => count.english).join(', ')
  return `Guvoh: сроки и задачи: ${russian}. Войдите в систему.\nGuvoh: deadlines and tasks: ${english}. Sign in.\n`
}
