/** Who may try a route: every role, and two marks. `intake` is a lawyer and `officer` a coordinator, each with the mark. */
const everyRole = ['monitor', 'lawyer', 'clinician', 'coordinator', 'administrator'] as const
const marked = ['intake', 'officer'] as const
export const everyone = [...everyRole, ...marked]

export const anyone = ['nobody', ...everyone]
export const handlers = ['monitor', 'lawyer', 'clinician', 'coordinator', ...marked]
export const casework = ['lawyer', 'clinician', 'coordinator', ...marked]
export const leaders = ['lawyer', 'coordinator', ...marked]
export const heads = ['coordinator', 'administrator', 'officer']
export const coordinators = ['coordinator', 'officer']

/** The table of one module: who may try each route, and bodies that pass the schema, so that it is the record that answers. */
export type AccessTable = {
  readonly routes: Readonly<Record<string, readonly string[]>>
  readonly bodies?: Readonly<Record<string, unknown>>
}
