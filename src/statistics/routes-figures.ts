import { PageQuery, pageOf } from '../platform/database/page.ts'
import { nothing, type Route, route } from '../platform/http/route.ts'
import * as examples from './examples.ts'
import { enterFigure, readFigures, removeFigure } from './figures.ts'
import { tooManyFigures } from './problems.ts'
import { EnteredFigure, FigurePath, NewFigure } from './schema-figures.ts'

/** Figures that are public already, which no release may give more away together with. */
export const figureRoutes: Route[] = [
  route({
    method: 'POST',
    url: '/statistics/public-figures',
    action: 'figure.enter',
    summary: 'Enter a figure that the public knows from elsewhere: later releases are made as if their reader had it',
    body: NewFigure,
    creates: true,
    status: 201,
    reply: EnteredFigure,
    examples: { body: { figure: examples.figure }, reply: examples.enteredFigure },
    problems: [tooManyFigures],
    handle: (op, { body }) => enterFigure(op, body),
  }),
  route({
    method: 'GET',
    url: '/statistics/public-figures',
    action: 'figure.list',
    summary: "The public figures your organisation's releases reckon with, the latest first",
    query: PageQuery,
    status: 200,
    reply: pageOf(EnteredFigure),
    examples: { reply: { items: [examples.enteredFigure], next: null } },
    handle: (op, { query }) => readFigures(op, query),
  }),
  route({
    method: 'DELETE',
    url: '/statistics/public-figures/:id',
    action: 'figure.remove',
    summary: 'Take back a figure that was entered by mistake',
    params: FigurePath,
    status: 204,
    reply: nothing,
    handle: (op, { params }) => removeFigure(op, params.id),
  }),
]
