import { notAllowed, notFound, Problem } from '../kernel/problem.ts'
import type { Action, Actor } from './roles.ts'

declare const granted: unique symbol

/** Proof that the actor may do `A` to this very row. Only a policy makes one. */
export type Granted<A extends Action, R> = R & { readonly [granted]: A }

type Rule<R> = (actor: Actor, row: R) => boolean

/** Record-level rules of one module. What an actor may not see does not exist: 404 before 403. */
export function policy<R, A extends Action>(visible: Rule<R>, rules: Record<A, Rule<R>>) {
  return {
    /** The row, granted; or a Problem: not found when it is hidden or absent, not allowed when a rule refuses. */
    grant<B extends A>(by: { actor: Actor; action: B }, row: R | undefined): Granted<B, R> {
      if (row === undefined || !visible(by.actor, row)) throw new Problem(notFound)
      if (!rules[by.action](by.actor, row)) throw new Problem(notAllowed)
      return row as Granted<B, R>
    },

    /** Those of the rows that may be seen and used; the others are passed over in silence. */
    grantEach<B extends A>(by: { actor: Actor; action: B }, rows: readonly R[]): Granted<B, R>[] {
      return rows.filter((row) => visible(by.actor, row) && rules[by.action](by.actor, row)) as Granted<B, R>[]
    },
  }
}
