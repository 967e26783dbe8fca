import type { ComponentType } from 'preact'
import { signal } from '@preact/signals'
import { type CaseKey, sayCase } from '../words/case.ts'

/** The sections of a case file that are open. */
const opened = signal<ReadonlySet<string>>(new Set())
export type CaseProps = { readonly id: string }

/** Opens a section and goes there. */
export function show(name: string): void {
  opened.value = new Set([...opened.value, name])
  document.getElementById(`part-${name}`)?.scrollIntoView()
  document.getElementById(`part-${name}`)?.querySelector('summary')?.focus()
}

export function closeAll(): void {
  opened.value = new Set()
}

type Props = { readonly name: CaseKey; readonly id: string; readonly Content: ComponentType<CaseProps> }

/** One section of a case file: nothing of it is asked for before it is opened. */
export function Section({ name, id, Content }: Props) {
  const isOpen = opened.value.has(name)
  return (
    <details
      id={`part-${name}`}
      class="part"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        const others = [...opened.value].filter((other) => other !== name)
        opened.value = new Set(currentTarget.open ? [...others, name] : others)
      }}
    >
      <summary>
        <h2>{sayCase(name)}</h2>
      </summary>
      {isOpen && <Content id={id} />}
    </details>
  )
}
