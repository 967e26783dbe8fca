export const task = {
  kind: 'task',
  narrative: { to_do: 'Ask the clinic for the record of the first examination.' },
  due_on: '2026-12-01',
}
export const change = { is_done: true }
